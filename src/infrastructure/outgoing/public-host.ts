import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Resolved } from './pinned-request.js';
import { isPublicAddress } from './public-address.js';

/** Every address of a host. Rejects when there is none. */
export type Resolve = (host: string) => Promise<readonly Resolved[]>;

export const systemResolve: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/** A host that nothing is asked of. */
export class HostRefusedError extends Error {
  constructor(
    readonly reason: 'UNKNOWN' | 'NOT_PUBLIC',
    options?: ErrorOptions,
  ) {
    super(reason === 'UNKNOWN' ? 'There is no such host.' : 'Not on the public internet.', options);
    this.name = 'HostRefusedError';
  }
}

/**
 * The address to connect to, and to no other: a name that changes its mind afterwards leads nowhere else.
 *
 * @throws HostRefusedError
 */
export const publicAddressOf = async ({ hostname }: URL, resolve: Resolve): Promise<Resolved> => {
  // IPv6 without the brackets that a URL puts around it.
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family > 0 ? [{ address: host, family }] : await resolve(host).catch(unknownHost);
  const [first] = addresses;
  // One private address among public ones is refused too: which of them is used is not ours to bet on.
  if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
    throw new HostRefusedError('NOT_PUBLIC');
  return first;
};

const unknownHost = (cause: unknown): never => {
  throw new HostRefusedError('UNKNOWN', { cause });
};
