import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApprovalPolicyContent, Subject } from '../../domain/change/content.js';
import type { RecordedEvent } from '../../domain/events.js';
import { SqliteEventStore } from '../../infrastructure/event-store/sqlite/sqlite-event-store.js';
import { RandomApiKeyMaker } from '../../infrastructure/auth/api-key.js';
import { ScryptPasswordHasher } from '../../infrastructure/auth/scrypt-password-hasher.js';
import { UuidGenerator } from '../../infrastructure/id-generator.js';
import { SystemClock } from '../../infrastructure/system-clock.js';
import { OrganizationReader } from '../organization/organization-reader.js';
import { OrganizationService } from '../organization/organization-service.js';
import type { Principal } from '../principal.js';
import { ChangeService } from './change-service.js';
import { Idempotency } from './idempotency.js';
import { SubjectRepository } from './subject-repository.js';

const ORG = 'acme';
const POLICY: ApprovalPolicyContent = {
  defaultApprovals: 1,
  rules: [],
  allowSelfApproval: true,
  allowBackdating: false,
  requireReason: false,
};

const clock = new SystemClock();
const ids = new UuidGenerator();
const passwords = new ScryptPasswordHasher({ logN: 4, r: 8, p: 1 });

/** Tells of every reading of a stream, and can hold it up. */
class WatchedStore extends SqliteEventStore {
  readonly asked: string[] = [];
  answered = 0;
  before: (stream: string) => Promise<void> = async () => undefined;

  override async *readStream(
    ...[stream, options]: Parameters<SqliteEventStore['readStream']>
  ): AsyncGenerator<RecordedEvent> {
    this.asked.push(stream.slice(0, stream.indexOf('-')));
    await this.before(stream);
    yield* super.readStream(stream, options);
    this.answered += 1;
  }
}

let folder: string;
let stores: WatchedStore[];

/** A process of its own: its own connection, its own memory. */
const process = () => {
  const events = new WatchedStore({ file: join(folder, 'events.db'), clock });
  stores.push(events);
  const idempotency = new Idempotency(events, ids);
  const subjects = new SubjectRepository(events, ids, idempotency);
  const changes = new ChangeService(subjects, new OrganizationReader(events), idempotency, ids, clock);
  const by = (subject: string, roles: Principal['roles'] = ['admin']) => ({
    principal: { subject, orgId: ORG, roles, kind: 'user' as const, scopes: [] },
    via: 'graphql' as const,
    correlationId: ids.random(),
  });
  const propose = async (
    who: string,
    subject: Subject,
    content: ApprovalPolicyContent | { customerId: string; toTier: string },
    key: string | null = null,
  ) => {
    const issued = changes.issue(by(who), key, 'propose', content);
    const changeId = changes.changeIdOf(issued);
    const kind = subject.kind === 'CUSTOMER' ? ('REMAP' as const) : ('APPROVAL_POLICY' as const);
    const { event, position } = await changes.decide(issued, subject, {
      type: 'ProposeChange',
      changeId,
      kind,
      subject,
      content,
    });
    return { changeId: (event?.data as { changeId: string }).changeId, position };
  };
  const remap = (who: string, customerId: string, key?: string) =>
    propose(who, { kind: 'CUSTOMER', id: customerId }, { customerId, toTier: 'gold' }, key);
  const approve = async (who: string, subject: Subject, changeId: string) => {
    const issued = changes.issue(by(who), null, 'approve', changeId);
    const { event } = await changes.decide(issued, subject, { type: 'ApproveChange', changeId, revision: 1 });
    return event?.type;
  };
  const settle = async (policy: ApprovalPolicyContent) => {
    const subject = { kind: 'APPROVAL_POLICY', id: 'policy' } as const;
    const { changeId } = await propose('ada', subject, policy);
    return approve('ben', subject, changeId);
  };
  const organizations = new OrganizationService({
    events,
    ids,
    clock,
    passwords,
    keys: new RandomApiKeyMaker(),
  });
  return { events, remap, approve, settle, organizations };
};

const customer = (id: string): Subject => ({ kind: 'CUSTOMER', id });

let here: ReturnType<typeof process>;
let elsewhere: ReturnType<typeof process>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-changes-'));
  stores = [];
  here = process();
  elsewhere = process();
  await here.organizations.createOrganization({ orgId: ORG });
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await rm(folder, { recursive: true });
});

describe('a decision goes by what was settled before it was asked for, in whatever process', () => {
  it('asks for as many approvals as the policy does by now', async () => {
    await here.settle(POLICY);
    const { changeId } = await here.remap('mia', 'C-1');
    await elsewhere.settle({ ...POLICY, defaultApprovals: 2 });
    expect(await here.approve('ada', customer('C-1'), changeId)).toBe('ApprovalGiven');
    expect(await here.approve('ben', customer('C-1'), changeId)).toBe('ChangeApproved');
  });

  it('lets nobody approve their own change once the policy does not', async () => {
    await here.settle(POLICY);
    const { changeId } = await here.remap('ada', 'C-1');
    await elsewhere.settle({ ...POLICY, allowSelfApproval: false });
    await expect(here.approve('ada', customer('C-1'), changeId)).rejects.toMatchObject({
      code: 'SELF_APPROVAL',
    });
  });

  it('does not take what was being read already when the policy changed', async () => {
    await here.settle(POLICY);
    const { changeId } = await here.remap('ada', 'C-1');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const heldUp = new Promise<void>((resolve) => {
      here.events.before = async (stream) => {
        if (!stream.startsWith('policy-')) return;
        here.events.before = async () => undefined;
        resolve();
        await held;
      };
    });
    const earlier = here.remap('mia', 'C-2');
    await heldUp;
    await elsewhere.settle({ ...POLICY, allowSelfApproval: false });
    const later = expect(here.approve('ada', customer('C-1'), changeId)).rejects.toMatchObject({
      code: 'SELF_APPROVAL',
    });
    release();
    await earlier;
    await later;
  });

  it('does not count an approver who is no admin by now', async () => {
    await here.settle({ ...POLICY, defaultApprovals: 2 });
    const cy = { orgId: ORG, email: 'cy@acme.example', name: 'Cy' };
    await here.organizations.addPerson({ ...cy, roles: ['admin'] });
    const { changeId } = await here.remap('mia', 'C-1');
    await here.approve('cy@acme.example', customer('C-1'), changeId);
    await elsewhere.organizations.addPerson({ ...cy, roles: ['member'] });
    expect(await here.approve('ada', customer('C-1'), changeId)).toBe('ApprovalGiven');
  });
});

describe('what a command reads', () => {
  it('is what it is decided by, all at once', async () => {
    const atOnce = async (work: () => Promise<unknown>): Promise<string[]> => {
      const { events } = here;
      events.asked.length = events.answered = 0;
      let first = -1;
      events.before = async () => {
        if (first < 0) await new Promise<void>((resolve) => void setImmediate(resolve));
        if (first < 0) first = events.asked.length;
      };
      await work();
      events.before = async () => undefined;
      expect(first).toBe(events.asked.length);
      return events.asked.toSorted();
    };
    let changeId = '';
    expect(await atOnce(async () => ({ changeId } = await here.remap('mia', 'C-1')))).toEqual([
      'customer',
      'policy',
    ]);
    expect(await atOnce(() => here.approve('ada', customer('C-1'), changeId))).toEqual([
      'customer',
      'org',
      'policy',
    ]);
  });

  it('is shared by those that are given at the same time', async () => {
    here.events.asked.length = 0;
    await Promise.all(Array.from({ length: 32 }, (_, i) => here.remap('mia', `C-${i}`)));
    const policies = here.events.asked.filter((kind) => kind === 'policy');
    expect(policies.length).toBeLessThanOrEqual(2);
  });
});

describe('a key that two processes are given at the same time', () => {
  it('gives both the first outcome, whichever reads the subject last', async () => {
    let first: Awaited<ReturnType<typeof here.remap>> | undefined;
    elsewhere.events.before = async (stream) => {
      if (stream.startsWith('customer-')) first ??= await here.remap('mia', 'C-1', 'key-1');
    };
    const second = await elsewhere.remap('mia', 'C-1', 'key-1');
    expect(second).toEqual(first);
    const written: string[] = [];
    for await (const { type } of here.events.readStream(`customer-${ORG}.c-1`)) written.push(type);
    expect(written).toEqual(['ChangeProposed']);
  });
});
