import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { UnsupportedMongoDbError } from './mongodb-errors.js';
import { MongoDbReadStore } from './mongodb-read-store.js';

const OP_QUERY = 2004;
const OP_REPLY = 1;

/** As a server of version 3.2 greets. */
const HELLO = mongo.BSON.serialize({
  ok: 1,
  ismaster: true,
  minWireVersion: 0,
  maxWireVersion: 4,
  maxBsonObjectSize: 16777216,
});

const greet = (socket: Socket, request: Buffer): void => {
  if (request.readInt32LE(12) !== OP_QUERY) return void socket.destroy();
  const reply = Buffer.alloc(36);
  for (const [at, value] of [36 + HELLO.length, 1, request.readInt32LE(4), OP_REPLY, 8, 0, 0, 0, 1].entries())
    reply.writeInt32LE(value, 4 * at);
  socket.write(Buffer.concat([reply, HELLO]));
};

it('refuses a MongoDB server that is too old, and says what to do', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (request) => greet(socket, request)).on('error', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/sla`;
  const store = new MongoDbReadStore({ url, serverSelectionTimeoutMs: 1_000 });
  const refusal = await store.ping().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(UnsupportedMongoDbError);
  expect(String(refusal)).toContain('Use MongoDB 4.4 or newer');
  await store.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});
