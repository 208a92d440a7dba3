import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HttpsWebhookSender, type HttpsWebhookSenderOptions } from './https-webhook-sender.js';
import { pinnedRequest, type Resolved } from './pinned-request.js';

const PUBLIC = '93.184.216.34';
const URL_ = 'https://receiver.example/hooks';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** The public internet: one server, found at whatever public address was settled on. */
const internet = async (answer: RequestListener, options: HttpsWebhookSenderOptions = {}) => {
  const opened = createServer(answer);
  servers.push(opened);
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const { port } = opened.address() as AddressInfo;
  const connections: string[] = [];
  const plain = pinnedRequest((url, asked, onResponse) =>
    request({ ...asked, host: url.hostname, port, path: url.pathname }, onResponse),
  );
  const sender = new HttpsWebhookSender({
    resolve: at(PUBLIC),
    ...options,
    request: (url, addresses, asked, signal) => {
      for (const { address } of addresses) connections.push(address);
      return plain(url, [{ address: '127.0.0.1', family: 4 }], asked, signal);
    },
  });
  const post = () => sender.post({ url: URL_, headers: { 'x-one': '1' }, body: '{}' }, NEVER);
  return { sender, post, connections };
};

const NEVER = new AbortController().signal;

const at =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(
      addresses.map((address): Resolved => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

function* endless(): Generator<string> {
  for (;;) yield 'x'.repeat(65_536);
}

/** As expected. */
const hungUp = (): void => undefined;

const nobody: RequestListener = () => {
  throw new Error('Nobody was to come here.');
};

describe('a delivery', () => {
  it('is posted with its headers and body', async () => {
    const asked: unknown[] = [];
    const { post } = await internet((incoming, response) => {
      let body = '';
      incoming.on('data', (part: Buffer) => (body += part.toString()));
      incoming.on('end', () => {
        asked.push(incoming.method, incoming.url, incoming.headers['x-one'], body);
        response.writeHead(202).end();
      });
    });
    expect(await post()).toEqual({ status: 202, wait: 0 });
    expect(asked).toEqual(['POST', '/hooks', '1', '{}']);
  });

  it('goes to the address that was checked, though the name changes its mind', async () => {
    const answers = [PUBLIC, '127.0.0.1'];
    const resolve = () => at(answers.shift() ?? '127.0.0.1')();
    const { post, connections } = await internet((_, response) => response.end(), { resolve });
    await post();
    expect(connections).toEqual([PUBLIC]);
    await expect(post()).rejects.toMatchObject({
      name: 'DeliveryError',
      message: expect.stringMatching(/public internet/),
    });
    expect(connections).toEqual([PUBLIC]);
  });

  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['169.254.169.254'],
    ['::1'],
    ['fd00::1'],
    ['::ffff:127.0.0.1'],
    [PUBLIC, '192.168.1.1'],
  ])('does not go to %s %s', async (...addresses) => {
    const resolve = at(...addresses.filter(Boolean));
    const { sender, post, connections } = await internet(nobody, { resolve });
    await expect(sender.check(URL_)).rejects.toMatchObject({ code: 'INVALID_INPUT', path: ['url'] });
    await expect(post()).rejects.toMatchObject({ name: 'DeliveryError' });
    expect(connections).toEqual([]);
  });

  it('does not follow a redirect', async () => {
    const { post, connections } = await internet((_, response) =>
      response.writeHead(307, { location: 'https://receiver.example/other' }).end(),
    );
    expect(await post()).toMatchObject({ status: 307 });
    expect(connections).toHaveLength(1);
  });

  it('waits neither for an answer nor for the end of one for ever', async () => {
    const silent = await internet(() => undefined, { timeoutMs: 100 });
    await expect(silent.post()).rejects.toMatchObject({
      message: expect.stringMatching(/did not answer within 0.1 s/),
    });
    const trickling = await internet((_, response) => response.write('a'), { timeoutMs: 100 });
    await expect(trickling.post()).rejects.toMatchObject({
      message: expect.stringMatching(/did not answer within 0.1 s/),
    });
    const unresolved = await internet(nobody, {
      timeoutMs: 100,
      resolve: () => new Promise(() => undefined),
    });
    await expect(unresolved.post()).rejects.toMatchObject({
      message: expect.stringMatching(/did not answer within 0.1 s/),
    });
  });

  it('hears how long the receiver wants to be left alone', async () => {
    const { post } = await internet((_, response) =>
      response.writeHead(429, { 'retry-after': '120' }).end('slowly'),
    );
    expect(await post()).toEqual({ status: 429, wait: 120_000 });
  });

  it('is not acknowledged by half an answer', async () => {
    const { post } = await internet((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half of');
      response.socket!.end();
    });
    await expect(post()).rejects.toMatchObject({ name: 'DeliveryError' });
  });

  it('reads no more of an answer than a line or two', async () => {
    const { post } = await internet((_, response) => {
      Readable.from(endless()).on('error', hungUp).pipe(response.on('error', hungUp));
    });
    expect(await post()).toMatchObject({ status: 200 });
  });

  it('says when nobody is there', async () => {
    const { post } = await internet((incoming) => incoming.socket.destroy());
    await expect(post()).rejects.toMatchObject({
      name: 'DeliveryError',
      message: expect.stringMatching(/ECONNRESET/),
    });
    const unknown = await internet(nobody, { resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    await expect(unknown.post()).rejects.toMatchObject({ message: expect.stringMatching(/does not exist/) });
  });

  it('is broken off when the sender stops', async () => {
    const stopping = new AbortController();
    const { sender } = await internet(() => stopping.abort());
    const posting = sender.post({ url: URL_, headers: {}, body: '' }, stopping.signal);
    await expect(posting).rejects.not.toMatchObject({ name: 'DeliveryError' });
  });
});
