import { describe, expect, it } from '@jest/globals';
import type { ImportPayload } from '../support/answers.js';
import { unharmed } from '../support/unharmed.js';

const given = unharmed();

describe('a sheet', () => {
  const imported = async (csv: string) => {
    const answer = await given().organization.member.mutate<ImportPayload>('importReference', {
      input: { csv },
    });
    expect(answer.import).toBeNull();
    return answer.userErrors;
  };

  it.each([
    ['is empty', ''],
    ['is cut off in a quoted field', 'customer_id,mapped_tier\n"c1,gold\n'],
    ['holds NUL', 'customer_id,mapped_tier\nc\u00001,gold\n\u0000\u0000'],
    ['has 10,000 columns', `${Array.from({ length: 10_000 }, (_, place) => `h${place}`).join(',')}\n1\n`],
    ['has no heading it knows', 'foo,bar\n1,2\n'],
    ['names one column twice', 'customer_id,customer_id,mapped_tier\na,b,gold\n'],
  ])('that %s is refused', async (_, csv) => {
    const [refusal, ...more] = await imported(csv);
    expect([refusal?.code, more]).toEqual(['INVALID_INPUT', []]);
    expect(refusal!.path[0]).toMatch(/csv|columns/);
    expect(refusal!.message.length).toBeGreaterThan(20);
  });

  it('is given once, and not by way of a private address', async () => {
    for (const input of [{}, { csv: 'a', url: 'https://x.test' }])
      expect(
        (await given().organization.member.mutate<ImportPayload>('importReference', { input })).userErrors[0]
          ?.code,
      ).toBe('INVALID_INPUT');
    for (const url of [
      'http://127.0.0.1/x.csv',
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      'http://[::1]/',
    ])
      expect(
        (await given().organization.member.mutate<ImportPayload>('importReference', { input: { url } }))
          .userErrors[0],
      ).toMatchObject({ code: 'INVALID_INPUT', path: ['url'] });
  });

  const upload = (body: string | Uint8Array | ReadableStream<Uint8Array>, type = 'text/csv', query = '') =>
    given().organization.member.rest<{ code: string; path?: string[]; detail: string }>(
      `/v1/import/reference${query}`,
      {
        method: 'POST',
        headers: { 'content-type': type },
        body,
        duplex: 'half',
      },
    );

  it('of one line of 50 MB is refused without being kept', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(120);
    let left = 50;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const { status, json } = await upload(body);
    expect([status, json?.code, json?.path]).toEqual([400, 'INVALID_INPUT', ['csv']]);
  });

  it('is read whatever the case of its type, but not packed', async () => {
    const send = (headers: Record<string, string>) =>
      given().organization.member.rest<{ detail: string }>('/v1/import/reference', {
        method: 'POST',
        headers,
        body: 'customer_id,mapped_tier\n',
      });
    const { json } = await send({ 'content-type': 'Text/CSV; charset=utf-8' });
    expect(json?.detail).toContain('nothing below');
    const packed = await send({ 'content-type': 'text/csv', 'content-encoding': 'gzip' });
    expect([packed.status, packed.json?.detail]).toEqual([400, expect.stringContaining('Content-Encoding')]);
  });

  it('that is no text is refused', async () => {
    const bytes = Uint8Array.from({ length: 3000 }, (_, place) => (place * 7) % 256);
    const { status, json } = await upload(bytes);
    expect([status, json?.code]).toEqual([400, 'INVALID_INPUT']);
  });

  it.each([
    ['application/json', '{}', ''],
    ['application/json', '{', ''],
    ['application/vnd.ms-excel', 'customer_id,mapped_tier\nc,gold\n', ''],
    ['text/csvx', 'customer_id,mapped_tier\nc,gold\n', ''],
    ['text/csv', 'customer_id,mapped_tier\nc,gold\n', '?dateorder=day-first'],
    ['text/plain', 'customer_id,mapped_tier\nc,gold\n', ''],
    ['text/csv', '', ''],
    ['text/csv', 'customer_id,mapped_tier\nc,gold\n', '?columns={'],
    ['text/csv', 'customer_id,mapped_tier\nc,gold\n', '?columns=[1]'],
    ['text/csv', 'customer_id,mapped_tier\nc,gold\n', '?dateOrder=backwards'],
  ])('sent as %s (%j, %s) is refused with a problem', async (type, body, query) => {
    const { status, json, headers } = await upload(body, type, query);
    expect([400, 415]).toContain(status);
    expect(json?.code).toBe('INVALID_INPUT');
    expect(headers.get('content-type')).toContain('application/problem+json');
  });
});
