import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SheetFetcher, type SheetFetcherOptions } from '../../src/infrastructure/sheet/fetch-sheet.js';
import { pinnedRequest, type Resolved } from '../../src/infrastructure/outgoing/pinned-request.js';

const PUBLIC = '93.184.216.34';
let server: Server | undefined;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

/** The public internet: one server, found at whatever public address was settled on. */
const internet = async (answer: RequestListener) => {
  const opened = (server = createServer(answer));
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const { port } = opened.address() as AddressInfo;
  const plain = pinnedRequest(
    (url, options, onResponse) => request({ ...options, path: url.pathname, host: url.hostname }, onResponse),
    { port },
  );
  const connections: string[] = [];
  const get: SheetFetcherOptions['get'] = (url, addresses, asked, signal) => {
    for (const { address } of addresses) connections.push(`${url.hostname} at ${address}`);
    return plain(url, [{ address: '127.0.0.1', family: 4 }], asked, signal);
  };
  return { get, connections };
};

const at =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(
      addresses.map((address): Resolved => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

const textOf = async (fetcher: SheetFetcher, url = 'https://sheets.example/a.csv') => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of fetcher.fetch(url)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const never: RequestListener = () => {
  throw new Error('Nobody was to come here.');
};

const refusal = (message: RegExp) => ({
  code: 'INVALID_INPUT',
  path: ['url'],
  message: expect.stringMatching(message),
});

describe('fetching a published sheet', () => {
  it('gives its bytes', async () => {
    const { get, connections } = await internet((_, response) => response.end('customer_id,tier\n'));
    expect(await textOf(new SheetFetcher({ get, resolve: at(PUBLIC) }))).toBe('customer_id,tier\n');
    expect(connections).toEqual([`sheets.example at ${PUBLIC}`]);
  });

  it('connects to the address that was checked, though the name changes its mind', async () => {
    const { get, connections } = await internet((_, response) => response.end('a'));
    const answers = [PUBLIC, '127.0.0.1'];
    const resolve = () => at(answers.shift() ?? '127.0.0.1')();
    await textOf(new SheetFetcher({ get, resolve }));
    expect(connections).toEqual([`sheets.example at ${PUBLIC}`]);
  });

  it('follows a redirect, and checks where it leads', async () => {
    const { get, connections } = await internet((asked, response) => {
      if (asked.url === '/a.csv') response.writeHead(302, { location: 'https://other.example/b.csv' }).end();
      else response.end('moved');
    });
    expect(await textOf(new SheetFetcher({ get, resolve: at(PUBLIC) }))).toBe('moved');
    expect(connections).toHaveLength(2);

    const resolve = (host: string) => at(host === 'other.example' ? '10.0.0.1' : PUBLIC)();
    await expect(textOf(new SheetFetcher({ get, resolve }))).rejects.toMatchObject(
      refusal(/not on the public internet/),
    );
    expect(connections).toHaveLength(3);
  });

  it.each([
    'http://other.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://a:b@other.example/',
    'https://other.example:8443/',
    'file:///etc/passwd',
  ])('does not follow to %s', async (location) => {
    const { get, connections } = await internet((_, response) => response.writeHead(301, { location }).end());
    await expect(textOf(new SheetFetcher({ get, resolve: at(PUBLIC) }))).rejects.toMatchObject(refusal(/./));
    expect(connections).toHaveLength(1);
  });

  it('gives up after five redirects', async () => {
    const { get, connections } = await internet((_, response) =>
      response.writeHead(307, { location: '/a.csv' }).end(),
    );
    await expect(textOf(new SheetFetcher({ get, resolve: at(PUBLIC) }))).rejects.toMatchObject(
      refusal(/more than 5 times/),
    );
    expect(connections).toHaveLength(6);
  });

  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['172.16.0.1'],
    ['192.168.1.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::1'],
    ['::'],
    ['fe80::1'],
    ['fd00::1'],
    ['ff02::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:a00:1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['2001:db8::1'],
    [PUBLIC, '10.0.0.1'],
  ])('does not connect to %s %s', async (...addresses) => {
    const { get, connections } = await internet(never);
    const fetcher = new SheetFetcher({ get, resolve: at(...addresses.filter(Boolean)) });
    await expect(textOf(fetcher)).rejects.toMatchObject(refusal(/not on the public internet/));
    expect(connections).toEqual([]);
  });

  it('refuses a page, an error, too much and too slow', async () => {
    const { get } = await internet((asked, response) => {
      if (asked.url === '/page')
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>');
      else if (asked.url === '/gone') response.writeHead(404).end();
      else if (asked.url === '/much') response.end('x'.repeat(2000));
      else response.write('a');
    });
    const fetcher = new SheetFetcher({ get, resolve: at(PUBLIC), maxBytes: 1000, timeoutMs: 200 });
    const outcome = (path: string) => textOf(fetcher, `https://sheets.example${path}`);
    await expect(outcome('/page')).rejects.toMatchObject(refusal(/web page/));
    await expect(outcome('/gone')).rejects.toMatchObject(refusal(/status 404/));
    await expect(outcome('/much')).rejects.toMatchObject(refusal(/larger than 1000/));
    await expect(outcome('/slow')).rejects.toMatchObject(refusal(/did not arrive/));
  });

  it('says when there is no such host', async () => {
    const resolve = () => Promise.reject(new Error('ENOTFOUND'));
    await expect(textOf(new SheetFetcher({ resolve }))).rejects.toMatchObject(refusal(/does not exist/));
  });
});
