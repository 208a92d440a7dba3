import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
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

/** Asks a host at one address and no other. Rejects with the connection's own errors. */
export type PinnedRequest = (
  url: URL,
  address: Resolved,
  asked: Asked,
  signal: AbortSignal,
) => Promise<IncomingMessage>;

/** @param request of node:https @param options in addition to those that every request has */
export const pinnedRequest =
  (request: Request, options: RequestOptions = {}): PinnedRequest =>
  (url, address, { method = 'GET', headers, body }, signal) =>
    new Promise((resolve, reject) => {
      // A connection kept from before might lead elsewhere.
      const pinned = { method, headers, signal, agent: false, lookup: pinnedTo(address) };
      request(url, { ...options, ...pinned }, resolve)
        .on('error', reject)
        .end(body);
    });

/** Whatever name is asked for, only the address that was checked is connected to. */
const pinnedTo =
  ({ address, family }: Resolved): LookupFunction =>
  (_host, { all }, done) => {
    if (all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
