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

/** Asks a host for a document, at one address and no other. Rejects with the connection's own errors. */
export type PinnedGet = (url: URL, address: Resolved, signal: AbortSignal) => Promise<IncomingMessage>;

/** @param request of node:https @param options in addition to those that every fetch has */
export const pinnedGet =
  (request: Request, options: RequestOptions = {}): PinnedGet =>
  (url, address, signal) =>
    new Promise((resolve, reject) => {
      const headers = { accept: 'text/csv, text/plain;q=0.9, */*;q=0.1', 'accept-encoding': 'identity' };
      // A connection kept from before might lead elsewhere.
      request(url, { ...options, signal, agent: false, lookup: pinnedTo(address), headers }, resolve)
        .on('error', reject)
        .end();
    });

/** Whatever name is asked for, only the address that was checked is connected to. */
const pinnedTo =
  ({ address, family }: Resolved): LookupFunction =>
  (_host, { all }, done) => {
    if (all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
