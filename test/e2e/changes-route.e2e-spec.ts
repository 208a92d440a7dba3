import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import type { RestAnswer } from '../support/http-client.js';
import { keyHolder, newOrganization, type Organization } from '../support/new-organization.js';
import { tier } from '../support/samples.js';

interface CloudEvent {
  readonly id: string;
  readonly position: string;
  readonly subject: string;
  readonly data: { readonly change: { readonly id: string } };
}

let app: App;
let organization: Organization;
let beginning: string;
beforeAll(async () => {
  app = await startApp();
  organization = await newOrganization(app);
  beginning = String(await app.head());
});
afterAll(() => app.close());

const changes = (query: string, init: RequestInit = {}): Promise<RestAnswer<readonly CloudEvent[]>> =>
  organization.viewer.rest<readonly CloudEvent[]>(`/v1/changes?${query}`, init);
const nextOf = ({ headers }: RestAnswer<unknown>): string => headers.get('sla-next-position')!;

describe('GET /v1/changes', () => {
  it('answers a batch of CloudEvents, and where to go on', async () => {
    const proposals = [];
    for (const key of ['one', 'two', 'three'])
      proposals.push(await organization.live('proposeTierTerms', tier(key)));
    const first = await changes(`after=${beginning}&limit=2`);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('application/cloudevents-batch+json; charset=utf-8');
    expect(first.json).toMatchObject([
      {
        specversion: '1.0',
        id: expect.stringMatching(/^\d{20}$/),
        source: `/organizations/${organization.id}`,
        type: 'sla-matrix.change.approved.v1',
        subject: 'tier/one',
        time: expect.stringMatching(/Z$/),
        datacontenttype: 'application/json',
        data: { change: { id: proposals[0]!.id, status: 'APPROVED' }, version: { number: 1 } },
      },
      { subject: 'tier/two' },
    ]);
    expect(nextOf(first)).toBe(first.json![1]!.position);
    expect(first.headers.get('link')).toBe(`</v1/changes?after=${nextOf(first)}>; rel="next"`);
    const second = await changes(`after=${nextOf(first)}`);
    expect(second.json!.map(({ subject }) => subject)).toEqual(['tier/three']);
    const third = await changes(`after=${nextOf(second)}`);
    expect(third.json).toEqual([]);
    expect(nextOf(third) >= nextOf(second)).toBe(true);
  });

  it('waits for the next one, and no longer', async () => {
    const after = String(await app.head());
    const waiting = changes(`after=${after}&wait=30`);
    const { id } = await organization.live('proposeTierTerms', tier('late'));
    expect((await waiting).json!.map(({ data }) => data.change.id)).toEqual([id]);
    const inVain = await changes(`after=${nextOf(await waiting)}&wait=1`);
    expect(inVain.json).toEqual([]);
  });

  it('lets go of callers who go away, and of all when the server closes', async () => {
    const own = await startApp();
    const { viewer } = await newOrganization(own);
    const after = String(await own.head());
    const gone = new AbortController();
    const left = viewer.rest(`/v1/changes?after=${after}&wait=30`, { signal: gone.signal });
    gone.abort();
    await expect(left).rejects.toThrow('abort');
    const waiting = viewer.rest(`/v1/changes?after=${after}&wait=30`);
    await eventually(async () => expect((await own.http.rest(null, '/healthz')).status).toBe(200));
    const start = performance.now();
    await Promise.allSettled([waiting, own.close()]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('is open to keys for the feed, and to nobody else', async () => {
    const follower = await keyHolder(app, organization, 'feed:read');
    expect((await follower.rest('/v1/changes?after=0')).status).toBe(200);
    const other = await keyHolder(app, organization, 'lookup:read');
    expect(await other.rest('/v1/changes?after=0')).toMatchObject({
      status: 403,
      json: { code: 'FORBIDDEN' },
    });
    expect((await app.http.rest(null, '/v1/changes')).status).toBe(401);
  });

  it('shows another organization nothing', async () => {
    const stranger = await newOrganization(app);
    const answer = await stranger.viewer.rest<readonly CloudEvent[]>('/v1/changes?after=0');
    expect(answer.json!.map(({ subject }) => subject)).toEqual([
      'coverage/24x7',
      'coverage/24x5',
      'coverage/business-hours',
    ]);
  });

  it.each([
    'after=soon',
    'after=99999999999',
    'limit=0',
    'limit=101',
    'wait=31',
    'wait=-1',
    'since=0',
    'after=0&after=1',
  ])('refuses %s', async (query) => {
    expect(await changes(query)).toMatchObject({ status: 400, json: { code: 'INVALID_INPUT' } });
  });
});
