import { createHash } from 'node:crypto';
import { invalid } from '../../domain/shared/domain-error.js';
import { EncodingScout } from './encoding.js';

/** Largest sheet, in bytes. */
export const MAX_SHEET_BYTES = 512 * 1024 * 1024;

/** What encoding and delimiter are first judged by; twice the longest record. */
export const START_BYTES = 128 * 1024;
export const CHUNK_BYTES = 256 * 1024;
const MIN_CHUNK_BYTES = 64 * 1024;

/** Passes bytes on while hashing, measuring, judging and keeping them. */
export const keeping = (source: AsyncIterable<Uint8Array>, keep: (chunk: Uint8Array) => Promise<void>) => {
  const hash = createHash('sha256');
  let scout: EncodingScout | null = null;
  let size = 0;
  const pass = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > MAX_SHEET_BYTES)
        throw invalid(
          ['csv'],
          `This sheet is larger than ${MAX_SHEET_BYTES / 1024 / 1024} MiB. Import it in parts.`,
        );
      scout ??= new EncodingScout(chunk);
      scout.push(chunk);
      hash.update(chunk);
      await keep(chunk);
      yield chunk;
    }
  };
  return {
    bytes: pass(),
    scout: () => scout ?? new EncodingScout(new Uint8Array()),
    size: () => size,
    sha256: () => hash.digest('hex'),
  };
};

/** However the bytes come, a letter at a time or all at once: chunks worth the work, none too large to hold. */
export const evenChunks = async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source)
    for (let from = 0; from < chunk.length; from += CHUNK_BYTES) {
      const piece = chunk.subarray(from, from + CHUNK_BYTES);
      held.push(piece);
      size += piece.length;
      if (size < MIN_CHUNK_BYTES) continue;
      yield held.length === 1 ? piece : Buffer.concat(held);
      [held, size] = [[], 0];
    }
  if (size > 0) yield Buffer.concat(held);
};

/** Takes the beginning in, and gives it with all the rest. */
export const peek = async (bytes: AsyncGenerator<Uint8Array>) => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < START_BYTES) {
    const next = await bytes.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    yield* chunks;
    yield* bytes;
  };
  return { start: Buffer.concat(chunks).subarray(0, START_BYTES), whole: whole() };
};
