import { describe, expect, it } from '@jest/globals';
import { unharmed } from '../support/unharmed.js';

const given = unharmed();

describe('a GraphQL request', () => {
  const post = (body: string | Uint8Array | ReadableStream<Uint8Array>, type = 'application/json') =>
    given().organization.viewer.rest<{ errors?: { extensions: { code: string } }[] }>('/graphql', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
  const document = (query: string) => post(JSON.stringify({ query }));

  it.each([
    ['cut off', '{"query": "{ me'],
    ['empty', ''],
    ['no object', '[]'],
    ['a list', '[{"query":"{ me { subject } }"},{"query":"{ me { subject } }"}]'],
    ['without a query', '{}'],
    ['not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ])('that is %s is refused', async (_, body) => {
    const { status, text, json } = await post(body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(json?.errors).toEqual([expect.objectContaining({ extensions: { code: expect.any(String) } })]);
    expect(text).not.toMatch(/node_modules|\.js:\d/);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml'])(
    'sent as %s is refused',
    async (type) => {
      const { status, json } = await post('{"query":"{ me { subject } }"}', type);
      expect([400, 415]).toContain(status);
      expect(json?.errors?.length).toBe(1);
    },
  );

  it('that asks for a subscription is told where those are answered', async () => {
    const { status, text, json } = await document('subscription { exceptionsChanged { id } }');
    expect([status, json?.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    expect(text).toContain('graphql-transport-ws');
  });

  const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;
  it.each([
    ['deep', `{ changes { nodes ${nested(3000)} } }`],
    ['deep in a value', `{ lookup(input: ${'['.repeat(4000)}${']'.repeat(4000)}) { __typename } }`],
    ['long', `{ ${Array.from({ length: 100_000 }, (_, place) => `a${place}: __typename`).join(' ')} }`],
    [
      'full of aliases',
      `{ ${Array.from({ length: 400 }, (_, place) => `a${place}: changes(first: 200) { nodes { id } totalCount }`).join(' ')} }`,
    ],
    ['in circles', 'query { ...A } fragment A on Query { me { subject } ...B } fragment B on Query { ...A }'],
    ['full of directives', `{ me ${'@include(if: true) '.repeat(2000)} { subject } }`],
  ])('that is %s is refused quickly', async (_, query) => {
    const began = performance.now();
    const { status, json } = await document(query);
    expect(status).toBe(400);
    expect(json?.errors?.length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('of more than the limit is refused', async () => {
    const { status } = await post(
      JSON.stringify({ query: '{ me { subject } }', extra: 'x'.repeat(17 * 1024 * 1024) }),
    );
    expect(status).toBe(413);
  });
});
