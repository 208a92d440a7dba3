import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Follower } from '../../../../test/contract/event-store/follower.js';
import { collect, ids } from '../../../../test/contract/event-store/samples.js';
import { eventually } from '../../../../test/support/eventually.js';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

jest.setTimeout(120_000);

const FOLDER = 'test/servers/eventstoredb';
const KILLS = Number(process.env['KILL_ROUNDS'] ?? 4);

// The server that EVENTSTORE_URL names is not ours to kill.
const onOurServer = process.env['EVENTSTORE_URL'] ? describe.skip : describe;

onOurServer('processes that are killed', () => {
  let folder: string;
  const running = new Set<ChildProcess>();

  /** A process of the project's own, and the lines that it says. */
  const run = (file: string, ...args: string[]): { process: ChildProcess; lines: string[] } => {
    const child = spawn(process.execPath, [`${FOLDER}/run.mjs`, `${FOLDER}/${file}`, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const lines: string[] = [];
    if (child.stdout) createInterface(child.stdout).on('line', (line) => lines.push(line));
    return { process: child, lines };
  };

  const kill = async (child: ChildProcess): Promise<void> => {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };

  const startServer = async (port = '0'): Promise<{ process: ChildProcess; url: string }> => {
    const server = run('main.ts', '--port', port, '--snapshot', join(folder, 'log.jsonl'));
    await eventually(() => expect(server.lines).toHaveLength(1), 30_000);
    return { process: server.process, url: server.lines[0] ?? '' };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sla-eventstoredb-'));
  });
  afterEach(async () => {
    await Promise.all([...running].map(kill));
    await rm(folder, { recursive: true });
  });

  it(`leave everything that was acknowledged, once: the server ${KILLS} times, and its writers`, async () => {
    let server = await startServer();
    const port = new URL(server.url.replace('esdb:', 'http:')).port;
    const store = new EventStoreDbEventStore({
      url: server.url,
      deadlineMs: 500,
      patienceMs: 30_000,
      silenceMs: 300,
    });
    const follower = new Follower(store, {});
    const writers = [run('processes/writer.ts', server.url), run('processes/writer.ts', server.url)];
    for (let round = 0; round < KILLS; round += 1) {
      const before = writers.map(({ lines }) => lines.length);
      await eventually(
        () => writers.forEach(({ lines }, i) => expect(lines.length).toBeGreaterThan((before[i] ?? 0) + 20)),
        60_000,
      );
      await kill(server.process);
      server = await startServer(port);
    }
    for (const writer of writers) await kill(writer.process);

    const acknowledged = writers.flatMap(({ lines }) => lines);
    const all = ids(await collect(store.readAll()));
    expect(new Set(all).size).toBe(all.length);
    const held = new Set(all);
    expect(acknowledged.filter((id) => !held.has(id))).toEqual([]);
    const head = await store.head();
    await follower.until(({ position }) => position >= head);
    expect(ids(follower.events)).toEqual(all);
    await follower.stop();
    await store.close();
  });
});
