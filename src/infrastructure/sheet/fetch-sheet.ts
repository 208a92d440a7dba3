import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { SheetSource } from '../../application/ports/sheet-source.js';
import { DomainError, invalid } from '../../domain/shared/domain-error.js';
import { pinnedRequest, type PinnedRequest } from '../outgoing/pinned-request.js';
import { dnsResolve, HostRefusedError, publicAddressesOf, type Resolve } from '../outgoing/public-host.js';
import { MAX_SHEET_BYTES } from './byte-streams.js';

export interface SheetFetcherOptions {
  /** Every address of a host. Default: of the system's name servers. */
  readonly resolve?: Resolve;
  /** Default: over TLS, trusting the system's authorities. */
  readonly get?: PinnedRequest;
  /** For the whole of one fetch, redirects included. Default 30 s. */
  readonly timeoutMs?: number;
  /** Default as for any sheet. */
  readonly maxBytes?: number;
}

const MAX_REDIRECTS = 5;
const MAX_URL = 2048;
const ASKED = {
  headers: { accept: 'text/csv, text/plain;q=0.9, */*;q=0.1', 'accept-encoding': 'identity' },
} as const;

/**
 * Fetches published sheets from the public internet and from nowhere else. A host's addresses are checked before the
 * connection, and the connection goes to the very address that was checked, at every redirect anew: neither a name that
 * points inwards nor one that changes its mind reaches a private network.
 */
export class SheetFetcher extends SheetSource {
  private readonly resolve: Resolve;
  private readonly get: PinnedRequest;
  private readonly timeoutMs: number;
  private readonly maxBytes: number;

  constructor(options: SheetFetcherOptions = {}) {
    super();
    this.resolve = options.resolve ?? dnsResolve();
    this.get = options.get ?? pinnedRequest(request);
    this.timeoutMs = options.timeoutMs ?? 30_000;
    this.maxBytes = options.maxBytes ?? MAX_SHEET_BYTES;
  }

  async *fetch(url: string): AsyncGenerator<Uint8Array> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await this.follow(sheetUrl(url), signal);
      let bytes = 0;
      for await (const chunk of response as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
        if (bytes > this.maxBytes)
          throw refused(`The sheet is larger than ${this.maxBytes} bytes. Import it in parts.`);
        yield chunk;
      }
    } catch (error) {
      if (signal.aborted)
        throw refused(`The sheet did not arrive within ${this.timeoutMs / 1000} s. Try again later.`);
      throw readable(error);
    }
  }

  private async follow(first: URL, signal: AbortSignal): Promise<IncomingMessage> {
    let url = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await this.get(url, await publicAddressesOf(url, this.resolve), ASKED, signal);
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        response.destroy();
        url = sheetUrl(headers.location, url);
        continue;
      }
      if (statusCode === 200) return checkedSheet(response);
      response.destroy();
      throw refused(
        `The address answers with status ${statusCode}. Publish the sheet to the web as CSV and use that link.`,
      );
    }
    throw refused(`The address leads on more than ${MAX_REDIRECTS} times. Use the link that it ends at.`);
  }
}

/** @throws DomainError INVALID_INPUT at `url` */
const sheetUrl = (text: string, base?: URL): URL => {
  if (text.length > MAX_URL) throw refused(`The address is longer than ${MAX_URL} characters.`);
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : null;
  if (url?.protocol !== 'https:') throw refused('The address has to begin with https://.');
  if (url.username !== '' || url.password !== '')
    throw refused('The address must not hold a name or password.');
  if (url.port !== '' && url.port !== '443') throw refused('The address must not name a port.');
  return url;
};

/** A page to sign in on is not a sheet, though it is answered with 200. */
const checkedSheet = (response: IncomingMessage): IncomingMessage => {
  if (!/^text\/html\b/i.test(response.headers['content-type'] ?? '')) return response;
  response.destroy();
  throw refused(
    'The address answers with a web page, not with a sheet. Publish the sheet to the web as CSV and use that link.',
  );
};

const refused = (message: string): DomainError => invalid(['url'], message);

const REFUSED = {
  UNKNOWN: 'The address names a host that does not exist. Check the link.',
  NOT_PUBLIC: 'The address is not on the public internet. Publish the sheet, or upload it as a file.',
} as const;

const readable = (error: unknown): unknown => {
  if (error instanceof DomainError) return error;
  if (error instanceof HostRefusedError) return refused(REFUSED[error.reason]);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined
    ? error
    : refused(`The address could not be reached (${code}). Try again later, or upload the sheet as a file.`);
};
