import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { environmentOf } from './support/house.js';
import { ROUNDS } from './support/rounds.js';
import { serve, type Served } from './support/served.js';
import type { BenchRow } from './bench-row.js';

const SUBSCRIBERS = 1_000;
const CHANGES = 50;
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

  /** Seconds until every client has every message, and the 99th percentile of the arrivals, in milliseconds. */
  async hear(go: () => Promise<unknown>): Promise<{ readonly seconds: number; readonly p99: number }> {
    this.received = 0;
    this.arrivals = [];
    const heard = new Promise<void>((resolve) => (this.complete = resolve));
    const start = performance.now();
    await Promise.all([go(), heard]);
    const sorted = this.arrivals.sort((a, b) => a - b);
    return {
      seconds: (performance.now() - start) / 1_000,
      p99: sorted[Math.floor(sorted.length * 0.99)]! - start,
    };
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
      if (++this.received < SUBSCRIBERS * CHANGES) return;
      this.sample = data.toString();
      this.complete();
    });
  }
}

const post = (url: string, body = ''): Promise<Response> =>
  fetch(`${url}/bench/go?count=${CHANGES}`, { method: 'POST', body });

const pair = (): [number[], number[]] => [[], []];

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
  const [rates, p99s, costs] = [pair(), pair(), pair()];
  for (let round = 0; round <= ROUNDS; round++)
    for (const side of round === 0 || round % 2 ? ([0, 1] as const) : ([1, 0] as const)) {
      const before = await servers[side]!.cpu();
      const { seconds, p99 } =
        side === 0 ? await ours.hear(() => post(url)) : await peer.hear(() => post(bare, ours.sample));
      if (round === 0) continue;
      rates[side].push((SUBSCRIBERS * CHANGES) / seconds);
      p99s[side].push(p99);
      costs[side].push(((await servers[side]!.cpu()) - before) / (SUBSCRIBERS * CHANGES));
    }
  ours.leave();
  peer.leave();
  for (const server of servers) await server.stop();
  await rm(folder, { recursive: true });
  const name = `feed: ${CHANGES} versions to ${SUBSCRIBERS} subscribers, beside a bare broadcast`;
  return [
    { name, unit: 'deliveries/s', goal: '≥ 0.5 ×', ours: rates[0], peer: rates[1] },
    { name: `${name}, p99`, unit: 'ms', goal: '≤ 3 ×', ours: p99s[0], peer: p99s[1] },
    // The audience costs both sides the same and hides what the servers do; this does not.
    { name: `${name}, processor time`, unit: 'µs/delivery', goal: '≤ 2 ×', ours: costs[0], peer: costs[1] },
  ];
};
