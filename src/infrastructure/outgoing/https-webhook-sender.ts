import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import {
  DeliveryError,
  WebhookSender,
  type Answer,
  type Delivery,
} from '../../application/ports/webhook-sender.js';
import { invalid } from '../../domain/shared/domain-error.js';
import { PinnedAgent, pinnedRequest, type PinnedRequest } from './pinned-request.js';
import { dnsResolve, HostRefusedError, publicAddressesOf, type Resolve } from './public-host.js';
import { waitAsked } from './retry-after.js';

export interface HttpsWebhookSenderOptions {
  /** Default: the system's name servers. */
  readonly resolve?: Resolve;
  /** Default: over TLS, trusting the system's authorities; connections are kept for a few seconds. */
  readonly request?: PinnedRequest;
  /** From resolving the name to the end of the answer, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
}

/** What is read of an answer that nobody looks at: enough for receivers that write a line before they end. */
const MAX_ANSWER_BYTES = 16 * 1024;

/** Posts over TLS to the very addresses that were checked, anew for every delivery. */
export class HttpsWebhookSender extends WebhookSender {
  private readonly resolve: Resolve;
  private readonly request: PinnedRequest;
  private readonly timeoutMs: number;

  constructor(options: HttpsWebhookSenderOptions = {}) {
    super();
    this.resolve = options.resolve ?? dnsResolve();
    this.request = options.request ?? pinnedRequest(request, { agent: new PinnedAgent() });
    this.timeoutMs = options.timeoutMs ?? 10_000;
  }

  async check(url: string): Promise<void> {
    try {
      await publicAddressesOf(new URL(url), this.resolve);
    } catch (error) {
      if (!(error instanceof HostRefusedError)) throw error;
      throw invalid(['url'], `${REFUSED[error.reason]} Give one that can be reached over the internet.`);
    }
  }

  async post({ url, headers, body }: Delivery, signal: AbortSignal): Promise<Answer> {
    const patience = AbortSignal.timeout(this.timeoutMs);
    const ending = AbortSignal.any([signal, patience]);
    const to = new URL(url);
    try {
      const addresses = await within(ending, publicAddressesOf(to, this.resolve));
      const response = await this.request(to, addresses, { method: 'POST', headers, body }, ending);
      await drained(response);
      const { statusCode: status = 0, headers: said } = response;
      return { status, wait: waitAsked(said['retry-after'], Date.now()) };
    } catch (error) {
      if (patience.aborted)
        throw new DeliveryError(`The receiver did not answer within ${this.timeoutMs / 1000} s.`);
      throw readable(error);
    }
  }
}

const REFUSED = {
  UNKNOWN: 'The address names a host that does not exist.',
  NOT_PUBLIC: 'The address is not on the public internet.',
} as const;

/** A resolver cannot be interrupted, but need not be waited for. */
const within = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

/** Reads the answer to its end, or as much of it as anybody would send. */
const drained = async (response: IncomingMessage): Promise<void> => {
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>)
    if ((bytes += chunk.length) > MAX_ANSWER_BYTES) break;
};

const readable = (error: unknown): unknown => {
  if (error instanceof HostRefusedError) return new DeliveryError(REFUSED[error.reason], { cause: error });
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined || code === 'ABORT_ERR'
    ? error
    : new DeliveryError(`The receiver could not be reached (${code}).`, { cause: error });
};
