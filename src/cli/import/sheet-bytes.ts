import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { startProgress } from '../progress.js';

export interface SheetBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Lines read so far: close to the number of records, and known before them. */
  readonly lines: () => number;
}

const LINE_FEED = 0x0a;

/** A file's bytes, or those of stdin for `-`, with a bar while they are read. Rejects when there is no such file. */
export const sheetBytes = async (file: string): Promise<SheetBytes> => {
  let lines = 0;
  const size = file === '-' ? 0 : (await stat(file)).size;
  const stream = file === '-' ? process.stdin : createReadStream(file);
  const read = async function* (): AsyncGenerator<Uint8Array> {
    const progress = await startProgress('Reading the sheet', size);
    let done = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines++;
        progress.update((done += chunk.length), Math.max(size, done));
        yield chunk;
      }
    } finally {
      progress.stop();
    }
  };
  return { bytes: read(), lines: () => lines };
};
