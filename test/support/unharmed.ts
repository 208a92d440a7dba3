import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { startApp, type App } from './app.js';
import { newOrganization, type Organization } from './new-organization.js';
import { withCustomer, withTiers } from './samples.js';

/**
 * An app and an organization with the tiers silver and gold and the customer CUST-1, for a file of tests that send what
 * is wrong. After each of them nothing may have been written, and the next caller has to be served.
 */
export const unharmed = (): (() => { readonly app: App; readonly organization: Organization }) => {
  let app: App;
  let organization: Organization;
  let head: bigint;
  beforeAll(async () => {
    app = await startApp();
    organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'CUST-1', 'gold');
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    head = await app.head();
  });
  afterEach(async () => {
    expect(await app.head()).toBe(head);
    expect(await organization.viewer.lookup({ customerId: 'CUST-1' })).toMatchObject({ tier: 'gold' });
  });
  return () => ({ app, organization });
};
