import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Resolved } from './pinned-request.js';
import { isPublicAddress } from './public-address.js';

/** Every address of a host. Rejects when there is none. */
export type Resolve = (host: string) => Promise<readonly Resolved[]>;

/** Of one question to one server, in milliseconds. */
const TIMEOUT_MS = 2_000;
const TRIES = 2;

/**
 * Asks DNS servers. The system's own resolver (getaddrinfo) would occupy one of a few threads that file access and
 * password checks need too, for as long as somebody's name server is silent; and it would look into local files.
 *
 * @param servers addresses of name servers; absent: the system's
 */
export const dnsResolve =
  (servers?: readonly string[]): Resolve =>
  async (host) => {
    // Made anew each time: the system's servers may have changed.
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
    if (servers) resolver.setServers(servers);
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = [...resolved(v4, 4), ...resolved(v6, 6)];
    if (addresses.length === 0 && v4.status === 'rejected') throw v4.reason;
    return addresses;
  };

const resolved = (answer: PromiseSettledResult<string[]>, family: number): Resolved[] =>
  answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];

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
 * The addresses to connect to, and to no others: a name that changes its mind afterwards leads nowhere else.
 *
 * @throws HostRefusedError
 */
export const publicAddressesOf = async (
  { hostname }: URL,
  resolve: Resolve,
): Promise<readonly Resolved[]> => {
  // IPv6 without the brackets that a URL puts around it.
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family > 0 ? [{ address: host, family }] : await resolve(host).catch(unknownHost);
  // One private address among public ones is refused too: which of them is used is not ours to bet on.
  if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
    throw new HostRefusedError('NOT_PUBLIC');
  return addresses;
};

const unknownHost = (cause: unknown): never => {
  throw new HostRefusedError('UNKNOWN', { cause });
};
