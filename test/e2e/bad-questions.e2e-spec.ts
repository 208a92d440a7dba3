import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../support/answers.js';
import { unharmed } from '../support/unharmed.js';

const given = unharmed();

describe('a question with', () => {
  const failed = async (name: string, variables: object) => {
    const { status, errors, text } = await given().organization.viewer.ask('query', name, { ...variables });
    expect([status < 500, errors.length, text.includes('stack')]).toEqual([true, 1, false]);
    return errors[0]!;
  };

  it.each<[string, string, object, readonly string[]]>([
    ['an unknown priority', 'lookup', { input: { customerId: 'CUST-1', priority: 'P9' } }, ['priority']],
    ['two IDs', 'lookup', { input: { customerId: 'CUST-1', contractId: 'x' } }, ['customerId']],
    ['no ID', 'lookup', { input: {} }, ['customerId']],
    ['an empty ID', 'lookup', { input: { customerId: '' } }, ['customerId']],
    [
      'an ID of 2,000 characters',
      'lookup',
      { input: { customerId: 'x'.repeat(2000) } },
      ['input', 'customerId'],
    ],
    ['101 lookups', 'lookupMany', { inputs: Array(101).fill({ customerId: 'x' }) }, ['inputs']],
    ['a position of the future', 'matrix', { atLeast: '99999999999' }, ['atLeast']],
    ['a page of none', 'customers', { first: 0 }, ['first']],
    ['a page of less than none', 'changes', { first: -1 }, ['first']],
    ['a page of 201', 'exceptions', { first: 201 }, ['first']],
    ['no cursor', 'customers', { after: 'rubbish' }, ['after']],
    ['a subject without an ID', 'history', { subject: { kind: 'TIER', id: ' ' } }, ['subject', 'id']],
  ])('%s is refused at the field', async (_, name, variables, path) => {
    const { extensions } = await failed(name, variables);
    expect(extensions.code).toBe('INVALID_INPUT');
    const inputPath = extensions['inputPath'] as readonly string[];
    expect(inputPath.slice(-1)).toEqual(path.slice(-1));
  });

  it.each([
    ['an unknown priority', { customerId: 'CUST-1', priority: 'P9' }, 'priority'],
    ['no ID', {}, 'customerId'],
    ['an ID of 2,000 characters', { customerId: 'x'.repeat(2000) }, 'customerId'],
    ['a time that is none', { customerId: 'CUST-1', at: '2026-02-30' }, 'at'],
  ])('%s among many questions names which', async (_, wrong, field) => {
    const { extensions } = await failed('lookupMany', { inputs: [{ customerId: 'CUST-1' }, wrong] });
    expect(extensions).toEqual({ code: 'INVALID_INPUT', inputPath: ['inputs', '1', field] });
  });

  it.each([
    ['31 February', { at: '2026-02-31' }],
    ['a thirteenth month', { at: '2026-13-01T00:00:00Z' }],
    ['words', { knownAt: 'yesterday' }],
    ['no position', { atLeast: '-1' }],
  ])('%s for a time is refused', async (_, variables) => {
    const { extensions, message } = await failed('matrix', variables);
    expect(extensions.code).toMatch(/INVALID_INPUT|BAD_USER_INPUT/);
    expect(message.length).toBeGreaterThan(10);
  });

  it('the cursor of another list is refused, also of the same list under another filter', async () => {
    const { viewer } = given().organization;
    const page = await viewer.query<Connection<unknown>>('customers', { first: 1 });
    const after = page.pageInfo.endCursor;
    for (const [name, variables] of [
      ['changes', { after }],
      ['exceptions', { after }],
      ['customers', { after, filter: { search: 'C' } }],
    ] as const)
      expect((await failed(name, variables)).extensions).toMatchObject({
        code: 'INVALID_INPUT',
        inputPath: ['after'],
      });
  });
});

describe('REST', () => {
  it.each([
    ['', 'customerId'],
    ['customerId=', 'customerId'],
    ['customerId=a&contractId=b', 'customerId'],
    ['customerId=a&customerId=b', 'customerId'],
    ['customerId=CUST-1&priority=P9', 'priority'],
    ['customerId=CUST-1&at=yesterday', 'at'],
    ['customerId=CUST-1&at=2026-02-31', 'at'],
    ['customerId=CUST-1&atLeast=99999999999', 'atLeast'],
    ['customerId=CUST-1&knowAt=2026-01-01', 'knowAt'],
    [`customerId=${'x'.repeat(5000)}`, 'customerId'],
    ['customerId=a%00b', 'customerId'],
  ])('/v1/lookup?%s is a problem at the field', async (query, field) => {
    const { status, json, headers } = await given().organization.viewer.rest<{
      path: string[];
      detail: string;
    }>(`/v1/lookup?${query}`);
    expect([status, json?.path]).toEqual([400, [field]]);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it('answers what it does not know with a problem', async () => {
    for (const [path, init] of [
      ['/v1/nothing', {}],
      ['/v1/lookup', { method: 'DELETE' }],
    ] as const) {
      const { status, headers, text } = await given().organization.viewer.rest(path, init);
      expect([path, status >= 400 && status < 500, text.includes('\n    at ')]).toEqual([path, true, false]);
      expect([path, headers.get('content-type')]).toEqual([
        path,
        expect.stringContaining('application/problem+json'),
      ]);
    }
  });
});
