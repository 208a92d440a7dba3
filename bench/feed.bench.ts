import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { environmentOf } from './support/house.js';
import { ROUNDS } from './support/rounds.js';
import { serve, type Served } from './support/served.js';
import type { BenchRow } from './bench-row.js';

const SUBSCRIBERS = 1_000;
/** Approved at once, as an import does; and one after another, as people do. */
const BURST = 50;
const SINGLES = 20;
const AT_ONCE = 50;

const SUBSCRIPTION = `subscription {
  approvedChanges {
    position
    change { id kind status subject { kind id } proposedBy proposedAt approvals }
    version { number subject { kind id } effectiveFrom recordedAt changeId approvedBy content }
  }
}`;

/** Clients that count and look at nothing: what they cost is part of both sides. */
class Audience {
  private received = 0;
  private expected = 0;
  private arrivals: number[] = [];
  private complete: () => void = () => undefined;
  /** The last message, as it came. */
  sample = '';
  private readonly sockets: WebSocket[] = [];

  static async of(url: string, greeting: readonly object[]): Promise<Audience> {
    const audience = new Audience();
    const address = `${url.replace('http', 'ws')}/graphql`;
    for (let i = 0; i < SUBSCRIBERS; i += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, () => audience.join(address, greeting)));
    return audience;
  }

  /** Resolves when every client has so many messages more; milliseconds until each of them arrived. */
  async hear(messages: number, go: () => Promise<unknown>): Promise<readonly number[]> {
    this.received = 0;
    this.expected = SUBSCRIBERS * messages;
    this.arrivals = [];
    const heard = new Promise<void>((resolve) => (this.complete = resolve));
    const start = performance.now();
    await Promise.all([go(), heard]);
    return this.arrivals.map((arrival) => arrival - start);
  }

  leave(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  private async join(address: string, [init, ...rest]: readonly object[]): Promise<void> {
    const socket = new WebSocket(address, init ? 'graphql-transport-ws' : undefined, {
      perMessageDeflate: false,
    });
    this.sockets.push(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    if (init) {
      const acknowledged = new Promise((resolve) => socket.once('message', resolve));
      socket.send(JSON.stringify(init));
      await acknowledged;
      for (const message of rest) socket.send(JSON.stringify(message));
    }
    socket.on('message', (data: Buffer) => {
      this.arrivals.push(performance.now());
      if (++this.received < this.expected) return;
      this.sample = data.toString();
      this.complete();
    });
  }
}

interface Side {
  readonly server: Served;
  readonly audience: Audience;
  /** Has so many changes be approved, or messages be sent, at once. */
  readonly go: (count: number) => Promise<unknown>;
}

interface Measured {
  /** Deliveries per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p99: number;
  /** Processor time of the server, in microseconds per delivery. */
  readonly cost: number;
}

/** @param times as often, one after another @param count so many at once */
const measured = async ({ server, audience, go }: Side, times: number, count: number): Promise<Measured> => {
  const arrivals: number[] = [];
  const before = await server.cpu();
  const start = performance.now();
  for (let i = 0; i < times; i++) arrivals.push(...(await audience.hear(count, () => go(count))));
  const seconds = (performance.now() - start) / 1_000;
  arrivals.sort((a, b) => a - b);
  return {
    rate: arrivals.length / seconds,
    p99: arrivals[Math.floor(arrivals.length * 0.99)]!,
    cost: ((await server.cpu()) - before) / arrivals.length,
  };
};

const post = (url: string, count: number, body = ''): Promise<Response> =>
  fetch(`${url}/bench/go?count=${count}`, { method: 'POST', body });

/** From the log to every subscriber, beside a server that has the text and does nothing but send it. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-bench-feed-'));
  const servers: Served[] = [
    await serve('feed', {}, environmentOf({ dataDir: folder })),
    await serve('broadcast'),
  ];
  const [url = '', key = ''] = servers[0]!.url.split('#');
  const bare = servers[1]!.url;
  const ours = await Audience.of(url, [
    { type: 'connection_init', payload: { authorization: `Bearer ${key}` } },
    { id: '5b1f8f8e-4f0c-4b0e-9a53-0c7d2b1f6a01', type: 'subscribe', payload: { query: SUBSCRIPTION } },
  ]);
  const peer = await Audience.of(bare, []);
  const sides: readonly Side[] = [
    { server: servers[0]!, audience: ours, go: (count) => post(url, count) },
    { server: servers[1]!, audience: peer, go: (count) => post(bare, count, ours.sample) },
  ];
  const rows: BenchRow[] = [];
  for (const [times, count] of [
    [1, BURST],
    [SINGLES, 1],
  ] as const) {
    const figures: [Measured[], Measured[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round++)
      for (const side of round === 0 || round % 2 ? ([0, 1] as const) : ([1, 0] as const)) {
        const figure = await measured(sides[side]!, times, count);
        if (round > 0) figures[side].push(figure);
      }
    rows.push(...rowsOf(times === 1 ? `${count} versions at once` : `${times} versions one by one`, figures));
  }
  ours.leave();
  peer.leave();
  for (const server of servers) await server.stop();
  await rm(folder, { recursive: true });
  return rows;
};

const rowsOf = (what: string, [ours, peer]: readonly [Measured[], Measured[]]): readonly BenchRow[] => {
  const name = `feed: ${what} to ${SUBSCRIBERS} subscribers, beside a bare broadcast`;
  const both = (figure: keyof Measured) => ({
    ours: ours.map((round) => round[figure]),
    peer: peer.map((round) => round[figure]),
  });
  return [
    { name, unit: 'deliveries/s', goal: '≥ 0.5 ×', ...both('rate') },
    { name: `${name}, p99`, unit: 'ms', goal: '≤ 3 ×', ...both('p99') },
    // The audience costs both sides the same and hides what the servers do; this does not.
    { name: `${name}, processor time`, unit: 'µs/delivery', goal: '≤ 2 ×', ...both('cost') },
  ];
};
