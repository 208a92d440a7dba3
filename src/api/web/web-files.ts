import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

export interface WebFile {
  readonly type: string;
  readonly etag: string;
  /** Its name changes with its content, so it can be kept for ever. */
  readonly hashed: boolean;
  /** Compressed once, by the first who asks; what compression does not make smaller stays as it is. */
  body(encoding: Encoding): Promise<Buffer>;
  readonly encodings: readonly Encoding[];
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/**
 * The built web app, by path from `/`. Listed once there is something to list; read when asked for, then kept: it is a
 * few hundred kilobytes.
 */
export class WebFiles {
  private paths: ReadonlyMap<string, string> = new Map();
  private readonly read = new Map<string, Promise<WebFile>>();

  constructor(private readonly folder: string) {}

  /** Null: there is no such file. No path leads out of the folder: only what was listed is ever read. */
  find(path: string): Promise<WebFile> | null {
    if (this.paths.size === 0) this.paths = listed(this.folder);
    const file = this.paths.get(path);
    if (file === undefined) return null;
    const found = this.read.get(path) ?? load(file, path);
    this.read.set(path, found);
    return found;
  }
}

const listed = (folder: string): ReadonlyMap<string, string> => {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && extname(entry.name) in TYPES);
    return new Map(
      files.map(({ parentPath, name }) => {
        const file = join(parentPath, name);
        return [`/${relative(folder, file).split(sep).join('/')}`, file];
      }),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
};

const load = async (file: string, path: string): Promise<WebFile> => {
  const plain = await readFile(file);
  const extension = extname(file);
  const bodies = new Map<Encoding, Promise<Buffer>>([['identity', Promise.resolve(plain)]]);
  const compress = (encoding: Encoding): Promise<Buffer> =>
    encoding === 'br'
      ? brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : zip(plain, { level: 9 });
  return {
    type: TYPES[extension]!,
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    hashed: path.startsWith('/assets/'),
    encodings: COMPRESSED.has(extension) ? ['br', 'gzip'] : [],
    body: (encoding) => {
      const body = bodies.get(encoding) ?? compress(encoding);
      bodies.set(encoding, body);
      return body;
    },
  };
};
