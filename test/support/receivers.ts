import { createHmac } from 'node:crypto';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpsWebhookSender } from '../../src/infrastructure/outgoing/https-webhook-sender.js';
import { pinnedRequest, type Resolved } from '../../src/infrastructure/outgoing/pinned-request.js';
import { eventually } from './eventually.js';

export interface ReceivedDelivery {
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly position: string;
}

/** What a receiver answers: a status, or nothing at all. */
export type Answer = (delivery: ReceivedDelivery) => number | 'SILENCE';

const PUBLIC: Resolved = { address: '93.184.216.34', family: 4 };

/**
 * The public internet as far as webhooks go: one server of this test, to which every name leads. The sender is the
 * product's own but for two things: who resolves names, and that the connection to the address it settled on ends here.
 */
export class Receivers {
  readonly received: ReceivedDelivery[] = [];
  /** Addresses that names lead to instead; asked anew for every connection. */
  readonly addresses = new Map<string, () => Resolved>();
  private readonly answers = new Map<string, Answer>();

  private constructor(
    private readonly server: Server,
    private readonly timeoutMs: number,
  ) {}

  static async open(timeoutMs = 10_000): Promise<Receivers> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receivers = new Receivers(server, timeoutMs);
    server.on('request', (asked, response) => {
      let body = '';
      asked.setEncoding('utf8').on('data', (part: string) => (body += part));
      asked.on('end', () => {
        const host = asked.headers.host?.replace(/:\d+$/, '') ?? '';
        const { position } = JSON.parse(body) as { position: string };
        const delivery = { host, headers: asked.headers, body, position };
        receivers.received.push(delivery);
        const answer = receivers.answers.get(host)?.(delivery) ?? 204;
        if (answer !== 'SILENCE')
          response.writeHead(answer, answer >= 300 && answer < 400 ? { location: '/elsewhere' } : {}).end();
      });
    });
    return receivers;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get sender(): HttpsWebhookSender {
    return senderTo(this.port, {
      timeoutMs: this.timeoutMs,
      resolve: (host) => Promise.resolve([this.addresses.get(host)?.() ?? PUBLIC]),
    });
  }

  /** From now on; absent: 204. */
  answering(host: string, answer: Answer): void {
    this.answers.set(host, answer);
  }

  of(host: string): readonly ReceivedDelivery[] {
    return this.received.filter((delivery) => delivery.host === host);
  }

  /** Positions in the order in which they came. */
  positionsOf(host: string): readonly string[] {
    return this.of(host).map(({ position }) => position);
  }

  async until(host: string, count: number, timeoutMs = 20_000): Promise<readonly ReceivedDelivery[]> {
    return eventually(() => {
      const received = this.of(host);
      if (received.length < count) throw new Error(`${host} has received ${received.length} of ${count}.`);
      return received;
    }, timeoutMs);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A sender whose connections end at a port of this machine, whatever public address it settled on. */
export const senderTo = (
  port: number,
  options: ConstructorParameters<typeof HttpsWebhookSender>[0] = {},
): HttpsWebhookSender => {
  const plain = pinnedRequest((url, { lookup: _, ...asked }, onResponse) =>
    request({ ...asked, host: '127.0.0.1', port, path: url.pathname }, onResponse),
  );
  return new HttpsWebhookSender({
    resolve: () => Promise.resolve([PUBLIC]),
    ...options,
    request: (url, addresses, asked, signal) =>
      plain(url, addresses, { ...asked, headers: { ...asked.headers, host: url.hostname } }, signal),
  });
};

/** Whether a delivery is what the holder of the secret says it is, worked out as a receiver would. */
export const isSignedWith = (secret: string, { headers, body }: ReceivedDelivery): boolean => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};
