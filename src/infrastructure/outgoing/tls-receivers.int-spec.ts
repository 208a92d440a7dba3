import type { RequestListener } from 'node:http';
import { createServer, request, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { certificateFor, type Certified } from '../../../test/support/certificates.js';
import { HttpsWebhookSender } from './https-webhook-sender.js';
import { PinnedAgent, pinnedRequest, type Resolved } from './pinned-request.js';

const HOST = 'receiver.example';
const ONE: Resolved = { address: '93.184.216.34', family: 4 };
const OTHER: Resolved = { address: '93.184.216.35', family: 4 };
const INSIDE: Resolved = { address: '10.0.0.1', family: 4 };
const NEVER = new AbortController().signal;
const DAY_MS = 86_400_000;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A receiver of this test over TLS; the sender is the product's own but that public addresses lead to it. */
const receiver = async (
  answer: RequestListener,
  { certified = certificateFor(HOST), isTrusted = true, host = HOST } = {},
) => {
  const server = createServer(certified, answer);
  servers.push(server);
  const connections: Socket[] = [];
  server.on('secureConnection', (socket: Socket) => connections.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let addresses: readonly Resolved[] = [ONE];
  const agent = new PinnedAgent();
  const led = pinnedRequest(
    (url, asked, onResponse) => {
      const lookup: typeof asked.lookup = (_, { all }, done) =>
        all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
      return request(url, { ...asked, lookup }, onResponse);
    },
    { agent, ...(isTrusted && { ca: certified.cert }) },
  );
  const sender = new HttpsWebhookSender({
    timeoutMs: 5_000,
    resolve: () => Promise.resolve(addresses),
    request: led,
  });
  const url = `https://${host}:${port}/hooks`;
  return {
    connections,
    post: () => sender.post({ url, headers: { 'content-type': 'application/json' }, body: '{}' }, NEVER),
    leadsTo: (...next: readonly Resolved[]) => (addresses = next),
  };
};

const noContent: RequestListener = (asked, response) => {
  asked.resume().on('end', () => response.writeHead(204).end());
};

describe('a certificate', () => {
  const refused = async (certified: Certified, code: string, more: object = {}) => {
    const asked: string[] = [];
    const { post } = await receiver((incoming) => asked.push(incoming.url!), { certified, ...more });
    await expect(post()).rejects.toMatchObject({
      name: 'DeliveryError',
      message: `The receiver could not be reached (${code}).`,
    });
    expect(asked).toEqual([]);
  };

  it('has to be trusted', () =>
    refused(certificateFor(HOST), 'DEPTH_ZERO_SELF_SIGNED_CERT', { isTrusted: false }));
  it('has to be valid still', () =>
    refused(certificateFor(HOST, { until: Date.now() - DAY_MS / 2 }), 'CERT_HAS_EXPIRED'));
  it('has to be valid already', () =>
    refused(certificateFor(HOST, { from: Date.now() + DAY_MS / 2 }), 'CERT_NOT_YET_VALID'));
  it('has to be for the host', () =>
    refused(certificateFor('elsewhere.example'), 'ERR_TLS_CERT_ALTNAME_INVALID'));
});

describe('a connection', () => {
  it('is kept for the next delivery', async () => {
    const { post, connections } = await receiver(noContent);
    for (let i = 0; i < 10; i++) expect(await post()).toMatchObject({ status: 204 });
    expect(connections).toHaveLength(1);
  });

  it('is not used for other addresses', async () => {
    const { post, connections, leadsTo } = await receiver(noContent);
    await post();
    leadsTo(OTHER);
    await post();
    expect(connections).toHaveLength(2);
    leadsTo(ONE);
    await post();
    expect(connections).toHaveLength(2);
  });

  it('is not used when the name leads inwards meanwhile', async () => {
    const { post, connections, leadsTo } = await receiver(noContent);
    await post();
    leadsTo(INSIDE);
    await expect(post()).rejects.toMatchObject({ message: expect.stringMatching(/public internet/) });
    leadsTo(ONE, INSIDE);
    await expect(post()).rejects.toMatchObject({ message: expect.stringMatching(/public internet/) });
    expect(connections).toHaveLength(1);
  });

  it('that the receiver has just closed costs no attempt', async () => {
    let asked = 0;
    const { post, connections } = await receiver((incoming, response) => {
      // The second request on a connection finds it closed.
      if (++asked === 2) incoming.socket.destroy();
      else noContent(incoming, response);
    });
    await post();
    expect(await post()).toMatchObject({ status: 204 });
    expect(connections).toHaveLength(2);
    expect(asked).toBe(3);
  });

  it('that is closed anew every time is a failure', async () => {
    const { post, connections } = await receiver((incoming) => incoming.socket.destroy());
    await expect(post()).rejects.toMatchObject({ message: expect.stringMatching(/ECONNRESET/) });
    expect(connections).toHaveLength(1);
  });

  it('is given up when the answer does not end', async () => {
    const { post, connections } = await receiver((_, response) => {
      response.writeHead(200);
      const more = (): boolean => response.write('x'.repeat(16_384), more as () => void);
      more();
    });
    expect(await post()).toMatchObject({ status: 200 });
    expect(await post()).toMatchObject({ status: 200 });
    expect(connections).toHaveLength(2);
  });
});
