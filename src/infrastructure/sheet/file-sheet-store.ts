import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SheetStore, SheetStoreError, type ReceivedSheet } from '../../application/ports/sheet-store.js';
import type { SheetRecord } from '../../domain/import/sheet-record.js';
import { invalid } from '../../domain/shared/domain-error.js';
import { detectDelimiter } from './delimiter.js';
import { CHUNK_BYTES, START_BYTES, evenChunks, keeping, peek } from './byte-streams.js';
import { EncodingScout, asUtf8, type TextForm } from './encoding.js';
import { readRecords } from './read-records.js';

const PART = '.part';
const WHOLE = '.csv';

/** How long a sheet that nobody came back for is left lying, in milliseconds. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

/** Keeps sheets as files in one folder. A kept name appears only once its file is whole and on the disk. */
export class FileSheetStore extends SheetStore {
  constructor(private readonly folder: string) {
    super();
  }

  async receive(
    bytes: AsyncIterable<Uint8Array>,
    look: (records: readonly SheetRecord[]) => void,
  ): Promise<ReceivedSheet> {
    try {
      return await this.taken(bytes, look);
    } catch (error) {
      throw isFull(error) ? new SheetStoreError(FULL, { cause: error }) : error;
    }
  }

  private async taken(
    bytes: AsyncIterable<Uint8Array>,
    look: (records: readonly SheetRecord[]) => void,
  ): Promise<ReceivedSheet> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const ticket = randomUUID();
    const part = this.path(ticket, PART);
    const file = await open(part, 'w', 0o600);
    const kept = keeping(evenChunks(bytes), (chunk) => file.writeFile(chunk));
    try {
      const { start, whole } = await peek(kept.bytes);
      if (start.length === 0)
        throw invalid(['csv'], 'This sheet is empty. Give one with headings and records.');
      const provisional = scoutOf(start);
      const delimiter = await delimiterOf(start, provisional);
      let records = 0;
      for await (const run of readRecords(asUtf8(whole, provisional), delimiter)) {
        records += run.length;
        look(run);
      }
      if (records === 0) throw invalid(['csv'], 'This sheet is empty. Give one with headings and records.');
      if (records === 1)
        throw invalid(['csv'], 'This sheet has headings and nothing below them. Add the records to import.');
      const { encoding } = kept.scout().result();
      await file.sync();
      await file.close();
      return { ticket, sha256: kept.sha256(), bytes: kept.size(), encoding, delimiter };
    } catch (error) {
      await kept.bytes.return(undefined);
      await file.close();
      await rm(part, { force: true });
      throw error;
    }
  }

  async keep({ ticket }: ReceivedSheet, name: string): Promise<void> {
    await rename(this.path(ticket, PART), this.path(name, WHOLE));
  }

  async drop({ ticket }: ReceivedSheet): Promise<void> {
    await rm(this.path(ticket, PART), { force: true });
  }

  async *read(name: string): AsyncGenerator<readonly SheetRecord[]> {
    const path = this.path(name, WHOLE);
    const scouted = keeping(createReadStream(path, { highWaterMark: CHUNK_BYTES }), () => Promise.resolve());
    let start: Uint8Array = new Uint8Array();
    for await (const chunk of scouted.bytes) if (start.length === 0) start = chunk.subarray(0, START_BYTES);
    const delimiter = await delimiterOf(start, scoutOf(start));
    const bytes = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    yield* readRecords(asUtf8(bytes, scouted.scout().result()), delimiter);
  }

  async has(name: string): Promise<boolean> {
    return stat(this.path(name, WHOLE)).then(() => true, absent(false));
  }

  async names(): Promise<readonly string[]> {
    const files = await readdir(this.folder).catch(absent<string[]>([]));
    await Promise.all(files.filter((file) => file.endsWith(PART)).map((file) => this.sweep(file)));
    return files.filter((file) => file.endsWith(WHOLE)).map((file) => file.slice(0, -WHOLE.length));
  }

  async remove(name: string): Promise<void> {
    await rm(this.path(name, WHOLE), { force: true });
  }

  /** A process that died while receiving cannot come back for its file. */
  private async sweep(file: string): Promise<void> {
    const path = join(this.folder, file);
    const { mtimeMs } = await stat(path).catch(absent({ mtimeMs: Infinity }));
    if (mtimeMs < Date.now() - FORGOTTEN_MS) await rm(path, { force: true });
  }

  private path(name: string, ending: string): string {
    if (!/^[\w-]{1,200}$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot name a file.`);
    return join(this.folder, `${name}${ending}`);
  }
}

const FULL = 'The disk that sheets are kept on is full. Free some space, and send the sheet again.';

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

const absent =
  <T>(value: T) =>
  (error: unknown): T => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };

/** As far as the beginning tells; the judgement over the whole differs only where the beginning is ASCII. */
const scoutOf = (start: Uint8Array) => {
  const scout = new EncodingScout(start);
  // The beginning may end in the middle of a character.
  scout.push(start);
  return scout.soFar();
};

const delimiterOf = async (start: Uint8Array, encoding: TextForm): Promise<string> => {
  let text = '';
  const bytes = (async function* () {
    yield start;
  })();
  for await (const chunk of asUtf8(bytes, encoding)) text += Buffer.from(chunk).toString('utf8');
  return detectDelimiter(text);
};
