import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { newOrganization } from '../support/new-organization.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const CHANGE = `mutation { proposeApprovalPolicy(input: { defaultApprovals: 2, allowSelfApproval: false,
  allowBackdating: false, requireReason: false }) { change { id } position userErrors { code } } }`;

interface Payload {
  readonly proposeApprovalPolicy: object & { readonly position: string };
}

describe('while no read model moves', () => {
  it('a mutation is answered all the same, and who asks for its position is told to try again until they do', async () => {
    const { member, viewer } = await newOrganization(app);
    await app.core.projections.stop();
    const { data } = await app.http.gql<Payload>(member.token, CHANGE);
    const { position } = data!.proposeApprovalPolicy;
    expect(data).toMatchObject({
      proposeApprovalPolicy: { position: expect.any(String), userErrors: [] },
    });

    const query = `{ changes(atLeast: "${position}", filter: { kind: APPROVAL_POLICY }) { totalCount } }`;
    const [asked, rest] = await Promise.all([
      app.http.gql(viewer.token, query),
      app.http.rest(viewer.token, `/v1/lookup?customerId=C-1&atLeast=${position}`),
    ]);
    const words = expect.stringContaining('has not reached position');
    expect(asked).toMatchObject({
      status: 503,
      errors: [{ message: words, extensions: { code: 'UNAVAILABLE', retryable: true } }],
    });
    expect(rest).toMatchObject({
      status: 503,
      json: { detail: words, code: 'UNAVAILABLE', retryable: true },
    });

    await app.restart();
    expect(await app.http.gql(viewer.token, query)).toMatchObject({
      status: 200,
      data: { changes: { totalCount: 1 } },
    });
  });
});
