import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { RefusedAccountError } from './mongodb-errors.js';
import { MongoDbReadStore } from './mongodb-read-store.js';

const OP_QUERY = 2004;
const OP_MSG = 2013;
const OP_REPLY = 1;

const HELLO = { ok: 1, ismaster: true, helloOk: true, minWireVersion: 0, maxWireVersion: 21 };
const REFUSAL = { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' };

const int32s = (...numbers: number[]): Buffer => {
  const buffer = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, at) => buffer.writeInt32LE(number, 4 * at));
  return buffer;
};

/** Greets, and refuses whatever comes then. */
const answer = (socket: Socket, request: Buffer): void => {
  const [id, kind] = [request.readInt32LE(4), request.readInt32LE(12)];
  const greets = kind === OP_QUERY || request.includes('hello') || request.includes('ismaster');
  const body = mongo.BSON.serialize(greets ? HELLO : REFUSAL);
  if (kind === OP_QUERY)
    socket.write(Buffer.concat([int32s(36 + body.length, 1, id, OP_REPLY, 8, 0, 0, 0, 1), body]));
  else socket.write(Buffer.concat([int32s(21 + body.length, 1, id, OP_MSG, 0), Buffer.of(0), body]));
};

it('says at once when MongoDB refuses the account, and what to do, without the password', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (request) => answer(socket, request)).on('error', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const store = new MongoDbReadStore({ url: `mongodb://sla:hunter2@127.0.0.1:${port}/sla?authSource=admin` });
  const refusal: unknown = await store.ping().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(RefusedAccountError);
  expect(refusal).toMatchObject({ kind: 'UNAVAILABLE', passes: false });
  expect(String(refusal)).toMatch(
    /refuses the account in MONGODB_URL .+ Check its name, password, authSource/,
  );
  expect(String(refusal)).not.toContain('hunter2');
  await store.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});
