import { TextDecoder } from 'node:util';
import { invalid } from '../../domain/shared/domain-error.js';
import type { SheetEncoding } from '../../application/ports/sheet-store.js';

/** Bytes that Windows-1252 leaves undefined: no text has them. */
const NOT_WINDOWS = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

export interface TextForm {
  readonly encoding: SheetEncoding;
  /** Length of the byte order mark. */
  readonly bomBytes: number;
}

/** What a text begins with says; otherwise UTF-8 until a byte tells better. */
export const encodingAtStart = (start: Uint8Array): TextForm => {
  const begins = (...bytes: number[]) => bytes.every((byte, i) => start[i] === byte);
  if (begins(...ZIP) || begins(...OLE))
    throw invalid(
      ['csv'],
      'This is a spreadsheet program’s own file. Save or export it as CSV and import that.',
    );
  if (begins(0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', bomBytes: 3 };
  if (begins(0xff, 0xfe)) return { encoding: 'utf-16le', bomBytes: 2 };
  if (begins(0xfe, 0xff)) return { encoding: 'utf-16be', bomBytes: 2 };
  return { encoding: 'utf-8', bomBytes: 0 };
};

/**
 * Finds out, a chunk at a time, how a whole text is encoded. Text that is not UTF-8 is taken for Windows-1252 (what
 * spreadsheets still write), unless proper UTF-8 beyond ASCII came before: then it is damaged UTF-8, and is refused.
 */
export class EncodingScout {
  private readonly start: TextForm;
  private utf8: TextDecoder | null;
  private offset = 0;
  private beyondAscii = false;
  private notUtf8At: number | null = null;

  constructor(start: Uint8Array) {
    this.start = encodingAtStart(start);
    this.utf8 = this.start.encoding === 'utf-8' ? new TextDecoder('utf-8', { fatal: true }) : null;
  }

  /** @throws DomainError INVALID_INPUT at `csv` for what is no text, naming the byte */
  push(chunk: Uint8Array): void {
    if (this.start.encoding === 'utf-8') {
      const nul = chunk.indexOf(0);
      if (nul >= 0)
        throw invalid(
          ['csv'],
          `Byte ${this.offset + nul} is zero, so this is not text. Export the sheet as CSV in UTF-8.`,
        );
      this.decode(chunk);
      if (this.notUtf8At !== null) this.refuseUndefined(chunk);
    }
    this.offset += chunk.length;
  }

  /** How the whole text is encoded. @throws DomainError INVALID_INPUT at `csv` */
  result(): TextForm {
    this.decode(null);
    return this.soFar();
  }

  /** How the text up to here is encoded; it may end in the middle of a character. */
  soFar(): TextForm {
    return this.notUtf8At === null ? this.start : { encoding: 'windows-1252', bomBytes: 0 };
  }

  private decode(chunk: Uint8Array | null): void {
    if (!this.utf8) return;
    try {
      if (chunk === null) this.utf8.decode();
      else if (this.utf8.decode(chunk, { stream: true }).length !== chunk.length) this.beyondAscii = true;
    } catch {
      this.utf8 = null;
      const proper = properStart(chunk ?? new Uint8Array());
      if (this.beyondAscii || this.start.bomBytes > 0 || /[^\0-\x7f]/.test(proper))
        throw invalid(
          ['csv'],
          `This text is UTF-8 but damaged at byte ${this.offset + Buffer.byteLength(proper)}. Export the sheet again as CSV in UTF-8.`,
        );
      this.notUtf8At = this.offset;
      this.refuseUndefined(chunk ?? new Uint8Array());
    }
  }

  private refuseUndefined(chunk: Uint8Array): void {
    const at = chunk.findIndex((byte) => NOT_WINDOWS.has(byte));
    if (at >= 0)
      throw invalid(
        ['csv'],
        `Byte ${this.offset + at} is neither UTF-8 nor Windows-1252. Export the sheet as CSV in UTF-8.`,
      );
  }
}

/** The text before the first byte that is not UTF-8. */
const properStart = (chunk: Uint8Array): string =>
  new TextDecoder('utf-8').decode(chunk).split('\ufffd', 1)[0] ?? '';

/** The text as UTF-8 without a byte order mark, a chunk at a time. */
export async function* asUtf8(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, bomBytes }: TextForm,
): AsyncGenerator<Uint8Array> {
  let toSkip = bomBytes;
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
  for await (const chunk of bytes) {
    const rest = chunk.subarray(toSkip);
    toSkip -= chunk.length - rest.length;
    yield decoder ? Buffer.from(decoder.decode(rest, { stream: true })) : rest;
  }
  if (decoder) yield Buffer.from(decoder.decode());
}
