import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { Agent } from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

export type Request = (
  url: URL,
  options: RequestOptions,
  onResponse: (response: IncomingMessage) => void,
) => ClientRequest;

export interface Asked {
  /** Default GET. */
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks a host at one of these addresses and at no other. Rejects with the connection's own errors. */
export type PinnedRequest = (
  url: URL,
  addresses: readonly Resolved[],
  asked: Asked,
  signal: AbortSignal,
) => Promise<IncomingMessage>;

/** Options of a request that a {@link PinnedAgent} tells connections apart by. */
interface PinnedOptions extends RequestOptions {
  readonly pinned?: string;
}

/** Before the next address of the host is tried, in milliseconds: time enough to reach the other side of the world. */
const NEXT_ADDRESS_AFTER_MS = 2_500;
/** A connection is kept for so long, in milliseconds: less than most receivers keep theirs. */
const IDLE_MS = 4_000;

/**
 * Keeps connections for the next request to the same host at the same addresses. A host that has other addresses by then
 * is connected to anew.
 */
export class PinnedAgent extends Agent {
  constructor() {
    // No sessions: every connection has its certificate checked as of now.
    super({ keepAlive: true, timeout: IDLE_MS, maxCachedSessions: 0 });
  }

  override getName(options: PinnedOptions = {}): string {
    return `${super.getName(options)}:${options.pinned ?? ''}`;
  }
}

/**
 * @param request of node:https
 * @param options in addition to those that every request has; without a {@link PinnedAgent}, each has its own connection
 */
export const pinnedRequest = (request: Request, options: RequestOptions = {}): PinnedRequest => {
  const ask = (
    { agent = false, ...more }: RequestOptions,
    ...[url, addresses, asked, signal]: Parameters<PinnedRequest>
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers, body } = asked;
      const pinned: PinnedOptions = {
        ...{ method, headers, signal, agent, lookup: pinnedTo(addresses), pinned: nameOf(addresses) },
        ...{ autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS },
      };
      let isAnswered = false;
      const sent = request(url, { ...more, ...pinned }, (response) => {
        isAnswered = true;
        resolve(response);
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // A kept connection may be closed by the other side just when it is used again: that says nothing of the receiver.
        const isStale = sent.reusedSocket && !isAnswered && !signal.aborted && HUNG_UP.has(error.code ?? '');
        if (isStale) ask(more, url, addresses, asked, signal).then(resolve, reject);
        else reject(error);
      });
      sent.end(body);
    });
  return (...asked) => ask(options, ...asked);
};

const HUNG_UP: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/** Whatever name is asked for, only the addresses that were checked are connected to. */
const pinnedTo =
  (addresses: readonly Resolved[]): LookupFunction =>
  (_host, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, [...addresses]);
    else if (first) done(null, first.address, first.family);
    else done(Object.assign(new Error('There is no address.'), { code: 'ENOTFOUND' }), '');
  };

const nameOf = (addresses: readonly Resolved[]): string =>
  addresses
    .map(({ address }) => address)
    .sort()
    .join();
