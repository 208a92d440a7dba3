import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { newOrganization } from '../support/new-organization.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('a document that asks for too much', () => {
  const aliased = (count: number, first: string): string =>
    `query${first === '$n' ? '($n: Int)' : ''}{${Array.from({ length: count }, (_, i) => `a${i}:changes(first:${first}){nodes{id diff{path}}}`).join(' ')}}`;

  it.each(['200', '$n'])('is refused before any of it is answered (first: %s)', async (first) => {
    const { viewer } = await newOrganization(app);
    const answer = await app.http.gql(viewer.token, aliased(200, first), { n: 200 });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer)).toContain('INVALID_INPUT');
    expect(JSON.stringify(answer)).toContain('the limit is 2000');
  });

  it('is not one that asks for a few pages', async () => {
    const { viewer } = await newOrganization(app);
    const answer = await app.http.gql(viewer.token, aliased(8, '200'));
    expect(answer.status).toBe(200);
    expect(answer.errors).toEqual([]);
  });
});
