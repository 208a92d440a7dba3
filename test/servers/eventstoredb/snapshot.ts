import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { MemoryLog, StoredEvent } from './memory-log.js';

interface Line extends Omit<StoredEvent, 'data' | 'metadata' | 'revision' | 'position'> {
  readonly data: string;
  readonly metadata: string;
  readonly revision: string;
  readonly position: string;
}

const lineOf = (event: StoredEvent): string => {
  const line: Line = {
    ...event,
    data: Buffer.from(event.data).toString('base64'),
    metadata: Buffer.from(event.metadata).toString('base64'),
    revision: event.revision.toString(),
    position: event.position.toString(),
  };
  return `${JSON.stringify(line)}\n`;
};

/** Writes every append to a file, in one piece, so that it outlives the process (though not the machine). */
export const journalTo =
  (file: string) =>
  (append: readonly StoredEvent[]): void =>
    appendFileSync(file, append.map(lineOf).join(''));

/** @returns false when there is no such file yet */
export const restoreFrom = (file: string, log: MemoryLog): boolean => {
  if (!existsSync(file)) return false;
  // A last line without its end was being written when the process died: it was never acknowledged.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  for (const text of lines) {
    const line = JSON.parse(text) as Line;
    log.restore({
      ...line,
      data: Buffer.from(line.data, 'base64'),
      metadata: Buffer.from(line.metadata, 'base64'),
      revision: BigInt(line.revision),
      position: BigInt(line.position),
    });
  }
  return lines.length > 0;
};
