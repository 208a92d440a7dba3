import { setTimeout } from 'node:timers/promises';
import type { Core } from '../src/composition/core.js';
import { positionText } from '../src/application/read-models/document-key.js';
import type { BenchRow } from './bench-row.js';
import { mappingVersion, ORG } from './support/events.js';
import { houseOf, openHouse } from './support/house.js';
import { ROUNDS } from './support/rounds.js';

const CUSTOMERS = 10_000;
const EVENTS_PER_SECOND = 500;
const SECONDS = 4;
/** What the goal allows, in milliseconds. */
const LIMIT_MS = 50;
/** Of one core at this rate, in microseconds per event: what is used beyond it piles up. */
const CORE_US = 1_000_000 / EVENTS_PER_SECOND;

interface Waits {
  /** From the log's acknowledgement. */
  readonly acknowledged: number[];
  /** From the call. */
  readonly called: number[];
}

let made = 0;

/** Appends one event, and waits until a lookup has it. */
const once = async (core: Core, { acknowledged, called }: Waits): Promise<void> => {
  const customerId = `NEW-${made++}`;
  const began = performance.now();
  const { position } = await core.events.append(mappingVersion(customerId, 'growth'));
  const durable = performance.now();
  await core.fresh.atLeast(position);
  const answer = await core.lookups.lookup(ORG, { customerId });
  // A mapping without a contract: known, though nothing binds yet.
  if (answer.type === 'UnknownCustomer')
    throw new Error(`${customerId} at ${positionText(position)} cannot be looked up.`);
  const end = performance.now();
  acknowledged.push(end - durable);
  called.push(end - began);
};

/** Whether or not the answers keep up: each event comes when it is due. */
const round = async (core: Core): Promise<Waits> => {
  const waits: Waits = { acknowledged: [], called: [] };
  const pending: Promise<void>[] = [];
  const start = performance.now();
  while (pending.length < EVENTS_PER_SECOND * SECONDS) {
    const due = ((performance.now() - start) / 1_000) * EVENTS_PER_SECOND;
    while (pending.length < Math.min(due, EVENTS_PER_SECOND * SECONDS)) pending.push(once(core, waits));
    await setTimeout(1);
  }
  await Promise.all(pending);
  return waits;
};

const p99 = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length * 0.99)]!;

/** At a steady rate, how long it takes until every read model, and so a lookup, shows an event. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const { dataDir } = await houseOf(CUSTOMERS);
  const core = await openHouse(dataDir);
  core.runtime.start();
  const [acknowledged, called, costs]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i <= ROUNDS; i++) {
    const before = process.cpuUsage();
    const waits = await round(core);
    const { user, system } = process.cpuUsage(before);
    if (i === 0) continue;
    costs.push((user + system) / waits.called.length);
    acknowledged.push(p99(waits.acknowledged));
    called.push(p99(waits.called));
  }
  await core.close();
  const name = `event to queryable at ${EVENTS_PER_SECOND} events/s, ${CUSTOMERS} customers`;
  const peer = { unit: 'ms', goal: '≤ 1 ×', peer: acknowledged.map(() => LIMIT_MS) };
  return [
    { name: `${name}, p99 from the acknowledgement, beside the limit`, ours: acknowledged, ...peer },
    { name: `${name}, p99 from the call, beside the same`, ours: called, ...peer },
    {
      name: `${name}, processor time, beside one core`,
      unit: 'µs/event',
      goal: '≤ 0.5 ×',
      ours: costs,
      peer: costs.map(() => CORE_US),
    },
  ];
};
