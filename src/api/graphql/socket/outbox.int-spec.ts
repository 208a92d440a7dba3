import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { CLOSE } from './close-codes.js';
import { Outbox } from './outbox.js';

const CHUNK = Buffer.alloc(64 * 1024, 'x');
const LIMITS = { highWater: 256 * 1024, patienceMs: 100 };
/** More than the system keeps for two sockets of its own. */
const PLENTY = 400;

describe('the outbox of a socket', () => {
  let server: WebSocketServer;
  let client: WebSocket;
  let socket: WebSocket;
  let stream: Duplex;
  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const connected = once(server, 'connection');
    client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [accepted, request] = (await connected) as [WebSocket, IncomingMessage];
    socket = accepted;
    stream = request.socket;
    await once(client, 'open');
  });
  afterEach(() => {
    client.terminate();
    server.close();
  });

  it('gives everything in order, and holds the sender up while the client is behind', async () => {
    const received: number[] = [];
    client.on('message', (data: Buffer) => received.push(Number(data.subarray(0, 8).toString())));
    const outbox = new Outbox(socket, stream, { ...LIMITS, patienceMs: 10_000 });
    let waits = 0;
    for (let i = 0; i < PLENTY; i++) {
      const message = Buffer.from(CHUNK);
      message.write(String(i).padStart(8, '0'));
      const room = outbox.send(message);
      expect(socket.bufferedAmount).toBeLessThan(LIMITS.highWater + 2 * CHUNK.length);
      if (room) waits++;
      await room;
    }
    while (received.length < PLENTY) await once(client, 'message');
    expect(received).toEqual(Array.from({ length: PLENTY }, (_, i) => i));
    expect(waits).toBeGreaterThan(0);
  });

  it('keeps a bounded number of bytes for a client that takes nothing, and then sends it away', async () => {
    client.pause();
    const outbox = new Outbox(socket, stream, LIMITS);
    let most = 0;
    for (let i = 0; i < PLENTY && socket.readyState === socket.OPEN; i++) {
      await outbox.send(CHUNK);
      most = Math.max(most, socket.bufferedAmount);
    }
    expect(socket.readyState).toBe(socket.CLOSING);
    expect(most).toBeLessThan(LIMITS.highWater + 2 * CHUNK.length);
    const closed = once(client, 'close');
    client.resume();
    const [code, reason] = (await closed) as [number, Buffer];
    expect(code).toBe(CLOSE.TOO_SLOW);
    expect(reason.toString()).toContain('resume after');
  });

  it('drops what comes after the end', async () => {
    socket.close();
    expect(new Outbox(socket, stream, LIMITS).send('late')).toBeUndefined();
  });
});
