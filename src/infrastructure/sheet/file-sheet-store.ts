import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SheetStore, type ReceivedSheet } from '../../application/ports/sheet-store.js';
import type { SheetRecord } from '../../domain/import/sheet-record.js';
import { invalid } from '../../domain/shared/domain-error.js';
import { detectDelimiter } from './delimiter.js';
import { CHUNK_BYTES, START_BYTES, evenChunks, keeping, peek } from './byte-streams.js';
import { EncodingScout, asUtf8, type TextForm } from './encoding.js';
import { readRecords } from './read-records.js';

const PART = '.part';
const WHOLE = '.csv';

/** Keeps sheets as files in one folder. A name appears only once its file is whole and on the disk. */
export class FileSheetStore extends SheetStore {
  constructor(private readonly folder: string) {
    super();
  }

  async receive(
    id: string,
    bytes: AsyncIterable<Uint8Array>,
    look: (records: readonly SheetRecord[]) => void,
  ): Promise<ReceivedSheet> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const part = this.path(id, PART);
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
      await rename(part, this.path(id, WHOLE));
      return { sha256: kept.sha256(), bytes: kept.size(), encoding, delimiter };
    } catch (error) {
      await kept.bytes.return(undefined);
      await file.close();
      await rm(part, { force: true });
      throw error;
    }
  }

  async *read(id: string): AsyncGenerator<readonly SheetRecord[]> {
    const path = this.path(id, WHOLE);
    const scouted = keeping(createReadStream(path, { highWaterMark: CHUNK_BYTES }), () => Promise.resolve());
    let start: Uint8Array = new Uint8Array();
    for await (const chunk of scouted.bytes) if (start.length === 0) start = chunk.subarray(0, START_BYTES);
    const delimiter = await delimiterOf(start, scoutOf(start));
    const bytes = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    for await (const run of readRecords(asUtf8(bytes, scouted.scout().result()), delimiter))
      yield run[0]?.record === 0 ? run.slice(1) : run;
  }

  async has(id: string): Promise<boolean> {
    return stat(this.path(id, WHOLE)).then(() => true, absent(false));
  }

  async ids(): Promise<readonly string[]> {
    const names = await readdir(this.folder).catch(absent<string[]>([]));
    return names.filter((name) => name.endsWith(WHOLE)).map((name) => name.slice(0, -WHOLE.length));
  }

  async remove(id: string): Promise<void> {
    await rm(this.path(id, WHOLE), { force: true });
  }

  private path(id: string, ending: string): string {
    if (!/^[\w-]{1,100}$/.test(id)) throw new Error(`${JSON.stringify(id)} cannot name a file.`);
    return join(this.folder, `${id}${ending}`);
  }
}

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
