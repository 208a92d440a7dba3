import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';

let app: App;
beforeAll(async () => {
  app = await startApp({ settings: { NODE_ENV: 'production' } });
});
afterAll(() => app.close());

it('tells nobody its schema, not by way of a misspelled name either', async () => {
  const asked = await app.http.gql(null, '{ __schema { types { name } } }');
  expect(asked.text).toContain('introspection is not allowed');
  const misspelled = await app.http.gql(null, '{ mee { subject } }');
  expect(misspelled.text).toContain('Cannot query field');
  expect(misspelled.text).not.toContain('Did you mean');
});
