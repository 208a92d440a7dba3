import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Change } from '../support/answers.js';
import { startApp, type App } from '../support/app.js';
import { newOrganization } from '../support/new-organization.js';
import { tier } from '../support/samples.js';
import { TravellingClock } from '../support/travelling-clock.js';

const MINUTE = 1 / (24 * 60);
const clock = new TravellingClock();
let app: App;
beforeAll(async () => {
  app = await startApp({ clock });
});
afterAll(() => app.close());

describe('a proposal that nobody decides', () => {
  it('lapses after thirty days, and is written down once, however many workers sweep', async () => {
    const { member, admin, viewer } = await newOrganization(app);
    const { id, revision } = await member.done('proposeTierTerms', tier('gold', 2, 2));
    const changeNow = () => viewer.query<Change>('change', { id });

    clock.goOn(30 - MINUTE);
    expect(await app.core.expiryWorker.sweep()).toBe(0);
    expect(await changeNow()).toMatchObject({ status: 'PROPOSED' });

    clock.goOn(2 * MINUTE);
    // Before any worker has come by, the clock alone decides.
    expect(await changeNow()).toMatchObject({ status: 'EXPIRED' });
    expect(await admin.refused('approveChange', { changeId: id, revision })).toMatchObject({
      code: 'NOT_OPEN',
    });

    const before = await app.head();
    await Promise.all([app.core.expiryWorker.sweep(), app.core.expiryWorker.sweep()]);
    await app.caughtUp();
    expect(await changeNow()).toMatchObject({
      status: 'EXPIRED',
      timeline: [{ kind: 'PROPOSED' }, { kind: 'EXPIRED', actor: 'system' }],
    });
    const after = await app.head();
    expect(await app.core.expiryWorker.sweep()).toBe(0);
    expect([after > before, await app.head()]).toEqual([true, after]);
  });
});
