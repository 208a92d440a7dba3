import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { newOrganization } from '../support/new-organization.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('a document that asks for too much', () => {
  const pages = (first: string, count: number): string =>
    Array.from({ length: count }, (_, i) => `a${i}:changes(first:${first}){nodes{id}}`).join(' ');
  const aliased = (count: number, first: string): string =>
    `query${first === '$n' ? '($n: Int)' : ''}{${Array.from({ length: count }, (_, i) => `a${i}:changes(first:${first}){nodes{id diff{path}}}`).join(' ')}}`;

  it.each(['200', '$n'])('is refused before any of it is answered (first: %s)', async (first) => {
    const { viewer } = await newOrganization(app);
    const answer = await app.http.gql(viewer.token, aliased(200, first), { n: 200 });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer)).toContain('INVALID_INPUT');
    expect(JSON.stringify(answer)).toContain('the limit is 2000');
  });

  it.each([
    ['whose default says how much', `query($n: Int = 200){${pages('$n', 20)}}`],
    ['beside a page of less than nothing', `{x:changes(first:-1000000){totalCount} ${pages('200', 20)}}`],
    ['in fragments', `{${'...F '.repeat(20)}} fragment F on Query{changes(first:200){totalCount}}`],
  ])('is refused %s', async (_, query) => {
    const { viewer } = await newOrganization(app);
    const answer = await app.http.gql(viewer.token, query);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer)).toContain('the limit is 2000');
  });

  it('is counted without walking fragments that double one another', async () => {
    const { viewer } = await newOrganization(app);
    const doubling = Array.from({ length: 23 }, (_, i) => `fragment F${i} on Me{...F${i + 1} ...F${i + 1}}`);
    const query = `{me{...F0}} ${doubling.join(' ')} fragment F23 on Me{subject}`;
    const ask = async (): Promise<number> => {
      const before = process.cpuUsage();
      expect(await app.http.gql(viewer.token, query)).toMatchObject({ status: 200, errors: [] });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    await ask();
    // Walked one by one, eight million spreads take seconds.
    expect(await ask()).toBeLessThan(500);
  });

  it('is not one that asks for a few pages', async () => {
    const { viewer } = await newOrganization(app);
    const answer = await app.http.gql(viewer.token, aliased(8, '200'));
    expect(answer.status).toBe(200);
    expect(answer.errors).toEqual([]);
  });
});
