import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, it } from '@jest/globals';
import { dnsResolve, publicAddressesOf } from './public-host.js';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

const TYPE_A = 1;

/** A name server of this test that knows IPv4 addresses; null: it never answers. */
const nameServer = async (answer: () => readonly string[] | null) => {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.on('message', (asked, from) => {
    const isA = asked.readUInt16BE(asked.indexOf(0, 12) + 1) === TYPE_A;
    const addresses = isA ? answer() : [];
    if (!addresses) return;
    const header = Buffer.from(asked.subarray(0, 12));
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(addresses.length, 6);
    header.writeUInt32BE(0, 8);
    const question = asked.subarray(12, asked.indexOf(0, 12) + 5);
    const records = addresses.map((address) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
    );
    socket.send(Buffer.concat([header, question, ...records]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return dnsResolve([`127.0.0.1:${socket.address().port}`]);
};

const HOST = new URL('https://receiver.example/');

it('finds all addresses of a host', async () => {
  const resolve = await nameServer(() => ['93.184.216.34', '93.184.216.35']);
  const found = await publicAddressesOf(HOST, resolve);
  expect(found.map(({ address }) => address).sort()).toEqual(['93.184.216.34', '93.184.216.35']);
});

it.each([['10.0.0.1'], ['93.184.216.34', '127.0.0.1']])(
  'refuses a host that leads to %s %s',
  async (...addresses) => {
    const resolve = await nameServer(() => addresses.filter(Boolean));
    await expect(publicAddressesOf(HOST, resolve)).rejects.toMatchObject({ reason: 'NOT_PUBLIC' });
  },
);

it('asks anew every time', async () => {
  const answers = [['93.184.216.34'], ['192.168.1.1']];
  const resolve = await nameServer(() => answers.shift() ?? []);
  await publicAddressesOf(HOST, resolve);
  await expect(publicAddressesOf(HOST, resolve)).rejects.toMatchObject({ reason: 'NOT_PUBLIC' });
});

it('knows no host without an address', async () => {
  const resolve = await nameServer(() => []);
  await expect(publicAddressesOf(HOST, resolve)).rejects.toMatchObject({ reason: 'UNKNOWN' });
});

it('does not wait for a silent name server for ever', async () => {
  const resolve = await nameServer(() => null);
  await expect(publicAddressesOf(HOST, resolve)).rejects.toMatchObject({ reason: 'UNKNOWN' });
});
