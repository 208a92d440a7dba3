import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import type { RecordedEvent } from '../../domain/events.js';
import { epochOf, instantOf } from '../../domain/shared/instant.js';
import { deliveryStream, webhookStream } from '../../domain/shared/streams.js';
import { MOST_ATTEMPTS } from '../../domain/webhook/retry-schedule.js';
import type { WebhookCommand } from '../../domain/webhook/webhook.commands.js';
import { decideWebhook } from '../../domain/webhook/webhook.decider.js';
import { evolveWebhook, NO_WEBHOOK, type WebhookState } from '../../domain/webhook/webhook.state.js';
import { UuidGenerator } from '../../infrastructure/id-generator.js';
import { DerivedSecrets } from '../../infrastructure/auth/derived-secrets.js';
import { metadataOf } from '../command-context.js';
import { Idempotency } from '../commands/idempotency.js';
import { StreamRepository } from '../commands/stream-repository.js';
import { Clock } from '../ports/clock.js';
import { DeliveryError, WebhookSender, type Answer, type Delivery } from '../ports/webhook-sender.js';
import type { ApprovedChange } from '../queries/views.js';
import { positionText } from '../read-models/document-key.js';
import { Deliverer } from './deliverer.js';

const WEBHOOK = '1f0c6f7e-2d35-5a0e-9a63-6f2f0a6f8a31';
const START = '2026-03-01T09:00:00.000Z';
const place = (position: number): string => positionText(BigInt(position));

/** Time passes only while somebody pauses. */
class PatientClock extends Clock {
  #now: string;
  readonly pauses: number[] = [];
  constructor(start: string) {
    super();
    this.#now = start;
  }
  now(): string {
    return this.#now;
  }
  pause = async (ms: number): Promise<void> => {
    this.pauses.push(ms);
    this.#now = instantOf(epochOf(this.#now) + ms);
  };
}

type Told = number | Answer | Error | Promise<number>;

/** Answers as told, and remembers what was sent. */
class ToldSender extends WebhookSender {
  readonly sent: {
    readonly position: string;
    readonly id: string;
    readonly at: string;
    readonly signatures: number;
  }[] = [];
  constructor(
    private readonly clock: Clock,
    private readonly answer: (position: number, attempt: number) => Told,
  ) {
    super();
  }
  async check(): Promise<void> {
    // Everything is public here.
  }
  async post({ body, headers }: Delivery): Promise<Answer> {
    const { position } = JSON.parse(body) as { position: string };
    const signatures = headers['webhook-signature']!.split(' ').length;
    this.sent.push({ position, id: headers['webhook-id']!, at: this.clock.now(), signatures });
    const answer = await this.answer(Number(position), this.attemptsAt(Number(position)));
    if (answer instanceof Error) throw answer;
    return typeof answer === 'number' ? { status: answer, wait: 0 } : answer;
  }
  attemptsAt(position: number): number {
    return this.sent.filter((one) => one.position === place(position)).length;
  }
  get positions(): number[] {
    return this.sent.map(({ position }) => Number(position));
  }
}

/** Approved at positions 1 to `count`. */
const feedOf = (count: number, onEnd: () => void) => {
  const entry = (position: number): ApprovedChange =>
    ({
      position: place(position),
      change: {},
      version: { subject: { kind: 'TIER', id: 'gold' }, recordedAt: START },
    }) as unknown as ApprovedChange;
  const reads: number[] = [];
  return {
    reads,
    entry: async (_orgId: string, position: bigint) => entry(Number(position)),
    next: async (_orgId: string, after: bigint | undefined, limit: number) => {
      const begin = Number(after);
      const length = Math.min(limit, count - begin);
      const entries = Array.from({ length }, (_, i) => entry(begin + i + 1));
      reads.push(length);
      if (length === 0) onEnd();
      return { entries, position: BigInt(begin + length) };
    },
  };
};

const house = (
  count: number,
  answer: (position: number, attempt: number) => Told,
  { events = new InMemoryEventStore(), key = 1, start = START } = {},
) => {
  const ids = new UuidGenerator();
  const clock = new PatientClock(start);
  const sender = new ToldSender(clock, answer);
  const fold = { initial: NO_WEBHOOK, evolve: evolveWebhook };
  const webhooks = new StreamRepository<WebhookState>(events, ids, new Idempotency(events, ids), fold);
  const secrets = new DerivedSecrets(Buffer.alloc(32, key));
  const stopping = new AbortController();
  const feed = feedOf(count, () => stopping.abort());
  const parts = { webhooks, events, ids, clock, sender, secrets, feed };
  const deliverer = new Deliverer({ ...parts, random: () => 0.5, pause: clock.pause }, 'acme', WEBHOOK);
  const principal = { subject: 'ada', orgId: 'acme', roles: [], kind: 'user' as const, scopes: [] };
  const command = async (given: WebhookCommand): Promise<void> => {
    const commandId = ids.random();
    const metadata = metadataOf({ principal, via: 'graphql', correlationId: 'c' }, commandId);
    const stream = webhookStream('acme', WEBHOOK);
    await webhooks.execute({ stream, commandId, metadata, decide: (state) => decideWebhook(given, state) });
  };
  return {
    clock,
    sender,
    secrets,
    events,
    reads: feed.reads,
    command,
    create: () =>
      command({
        type: 'CreateWebhook',
        webhookId: WEBHOOK,
        url: 'https://a.example/',
        after: place(0),
        secretKey: secrets.keyId,
      }),
    /** Until the end of the feed is reached. */
    run: () => deliverer.run(stopping.signal),
    recorded: async (stream = deliveryStream('acme', WEBHOOK)): Promise<RecordedEvent[]> => {
      const found: RecordedEvent[] = [];
      for await (const event of events.readStream(stream)) found.push(event);
      return found;
    },
  };
};

describe('delivering to a webhook', () => {
  it('sends every entry once, in order, and records the place', async () => {
    const { create, run, sender, recorded } = house(120, () => 204);
    await create();
    await run();
    expect(sender.positions).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
    const places = (await recorded()).map(({ data }) => ('position' in data ? data.position : ''));
    expect(places).toEqual([place(50), place(100), place(120)]);
  });

  it('tries an entry again at growing intervals before the next one is sent', async () => {
    const { create, run, sender, clock, recorded } = house(2, (position, attempt) =>
      position === 1 && attempt < 4 ? 503 : 200,
    );
    await create();
    await run();
    expect(sender.positions).toEqual([1, 1, 1, 1, 2]);
    expect(clock.pauses).toEqual([5_000, 15_000, 45_000]);
    expect(new Set(sender.sent.slice(0, 4).map(({ id }) => id)).size).toBe(1);
    expect((await recorded())[2]!.data).toEqual({
      webhookId: WEBHOOK,
      position: place(0),
      failure: {
        attempts: 3,
        message: 'The receiver answered with status 503.',
        nextAttemptAt: '2026-03-01T09:01:05.000Z',
      },
    });
  });

  it('leaves a receiver alone for as long as it asks, and no shorter than it would by itself', async () => {
    const waits = [60_000, 1_000];
    const { create, run, clock, sender } = house(1, (_, attempt) => {
      const wait = waits[attempt - 1];
      return wait === undefined ? 200 : { status: attempt === 1 ? 429 : 503, wait };
    });
    await create();
    await run();
    expect(clock.pauses).toEqual([60_000, 15_000]);
    expect(sender.positions).toEqual([1, 1, 1]);
  });

  it('gives an entry up after the last attempt, and goes on with the next', async () => {
    const gone = new DeliveryError('The receiver could not be reached (ECONNREFUSED).');
    const { create, run, sender, recorded } = house(3, (position) => (position === 2 ? gone : 200));
    await create();
    await run();
    expect(sender.attemptsAt(2)).toBe(MOST_ATTEMPTS);
    expect(sender.positions.at(-1)).toBe(3);
    const [, abandoned] = await recorded(webhookStream('acme', WEBHOOK));
    expect(abandoned).toMatchObject({
      type: 'DeliveryAbandoned',
      data: { position: place(2), attempts: MOST_ATTEMPTS, message: gone.message },
    });
    expect((await recorded()).at(-1)!.data).toEqual({ webhookId: WEBHOOK, position: place(3) });
  });

  it('reads a page at a time for a receiver that is dead, however much is behind', async () => {
    const dead = house(1_000_000, (_, attempt) => (attempt === 4 ? new TypeError('enough') : 503));
    await dead.create();
    await expect(dead.run()).rejects.toThrow('enough');
    expect(dead.reads).toEqual([100, 100, 100, 100]);
  });

  it('waits on after a restart for as long as was left', async () => {
    const killed = house(1, (_, attempt) => (attempt === 1 ? 500 : new TypeError('killed')));
    await killed.create();
    await expect(killed.run()).rejects.toThrow('killed');
    const next = house(1, () => 200, killed);
    await next.run();
    expect(next.clock.pauses).toEqual([5_000]);
    expect(next.sender.positions).toEqual([1]);
  });

  it('sends a dead letter again when asked to, under the same id', async () => {
    const failing = house(2, (position) => (position === 1 ? 500 : 200));
    await failing.create();
    await failing.run();
    const mended = house(2, () => 200, failing);
    await mended.command({ type: 'Redeliver' });
    await mended.run();
    expect(mended.sender.positions).toEqual([1]);
    expect(mended.sender.sent[0]!.id).toBe(failing.sender.sent[0]!.id);
    expect((await mended.recorded(webhookStream('acme', WEBHOOK))).at(-1)).toMatchObject({
      type: 'RedeliveryAttempted',
      data: { webhookId: WEBHOOK, position: place(1) },
    });
  });

  it('stops for a receiver that is gone, and has not moved when it is resumed', async () => {
    const gone = house(2, (position) => (position === 2 ? 410 : 200));
    await gone.create();
    await gone.run();
    expect(gone.sender.positions).toEqual([1, 2]);
    const back = house(2, () => 200, gone);
    await back.run();
    expect(back.sender.positions).toEqual([]);
    await back.command({ type: 'ResumeWebhook' });
    await back.run();
    expect(back.sender.positions).toEqual([2]);
  });

  it('gives way to another process that has recorded more meanwhile', async () => {
    const slow = house(60, (position) => (position === 1 ? other.run().then(() => 200) : 200));
    const other = house(60, () => 200, slow);
    await slow.create();
    await expect(slow.run()).rejects.toMatchObject({ kind: 'CONFLICT' });
    const sent = slow.sender.positions.length;
    await slow.run();
    expect(slow.sender.positions).toHaveLength(sent);
    expect(other.sender.positions).toHaveLength(60);
  });

  it('signs with a replaced secret too, for a day', async () => {
    const outages = [0, 0, 14, 12];
    const { create, command, run, sender, secrets } = house(
      3,
      (position, attempt) => {
        const hours = outages[position] ?? 0;
        return attempt === 1 && hours > 0 ? { status: 503, wait: hours * 3_600_000 } : 200;
      },
      // When everything is recorded.
      { start: '2026-01-01T00:00:00.000Z' },
    );
    await create();
    await command({ type: 'ReplaceSecret', secretId: 'second', secretKey: secrets.keyId });
    await run();
    expect(sender.sent.map(({ at, signatures }) => [at, signatures])).toEqual([
      ['2026-01-01T00:00:00.000Z', 2],
      ['2026-01-01T00:00:00.000Z', 2],
      ['2026-01-01T14:00:00.000Z', 2],
      ['2026-01-01T14:00:00.000Z', 2],
      ['2026-01-02T02:00:00.000Z', 1],
    ]);
  });

  it('signs again once the secret made from a lost key is replaced', async () => {
    const created = house(1, () => 200);
    await created.create();
    const { command, run, sender, secrets } = house(1, () => 200, { events: created.events, key: 2 });
    await command({ type: 'ReplaceSecret', secretId: 'second', secretKey: secrets.keyId });
    await run();
    expect(sender.sent).toMatchObject([{ position: place(1), signatures: 1 }]);
  });

  it('sends nothing that it cannot sign for', async () => {
    const created = house(1, () => 200);
    await created.create();
    const stranger = house(1, () => 200, { events: created.events, key: 2 });
    await expect(stranger.run()).rejects.toThrow(/another key/);
    expect(stranger.sender.sent).toEqual([]);
  });
});
