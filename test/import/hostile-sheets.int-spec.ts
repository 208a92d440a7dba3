import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FileSheetStore } from '../../src/infrastructure/sheet/file-sheet-store.js';
import { inChunks, readSheet, temporaryFolder } from '../support/sheets.js';

const HEADINGS = 'customer_id,customer_name,mapped_tier';
const ROWS = [['CUST-1', 'Bäckerei Müller', 'growth']];
const SHEET = `${HEADINGS}\nCUST-1,Bäckerei Müller,growth\n`;
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('encodings and line ends', () => {
  it.each([
    ['UTF-8', Buffer.from(SHEET), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${SHEET}`), 'utf-8'],
    ['UTF-16, little end first', utf16(SHEET), 'utf-16le'],
    ['UTF-16, big end first', utf16(SHEET).swap16(), 'utf-16be'],
    ['Windows-1252', Buffer.from(SHEET, 'latin1'), 'windows-1252'],
    ['CRLF', Buffer.from(SHEET.replaceAll('\n', '\r\n')), 'utf-8'],
    ['CR alone', Buffer.from(SHEET.replaceAll('\n', '\r')), 'utf-8'],
    ['no line break at the end', Buffer.from(SHEET.trimEnd()), 'utf-8'],
    ['empty lines', Buffer.from(SHEET.replaceAll('\n', '\n\n')), 'utf-8'],
    ['tabs', Buffer.from(SHEET.replaceAll(',', '\t')), 'utf-8'],
    ['bars', Buffer.from(SHEET.replaceAll(',', '|')), 'utf-8'],
    ['semicolons', Buffer.from(SHEET.replaceAll(',', ';')), 'utf-8'],
    ['a delimiter that is said', Buffer.from(`sep=;\r\n${SHEET.replaceAll(',', ';')}`), 'utf-8'],
    ['an unusual one, said in quotes', Buffer.from(`\ufeff"sep=^"\n${SHEET.replaceAll(',', '^')}`), 'utf-8'],
    ['a tab that is said', utf16(`SEP=\t\n${SHEET.replaceAll(',', '\t')}`), 'utf-16le'],
  ])('reads %s', async (_, bytes, encoding) => {
    for (const chunk of [1, 7, 64 * 1024]) {
      const { headings, records, received } = await readSheet(bytes, chunk);
      expect(headings).toEqual(HEADINGS.split(','));
      expect(records.map(({ cells }) => cells)).toEqual(ROWS);
      expect(received.encoding).toBe(encoding);
    }
  });

  it('finds Windows-1252 however late its first letter beyond ASCII comes', async () => {
    const plain = `${HEADINGS}\n${'CUST-0,Plain,growth\n'.repeat(20_000)}`;
    const { records, received } = await readSheet(Buffer.from(`${plain}CUST-1,Müller,growth\n`, 'latin1'));
    expect(received.encoding).toBe('windows-1252');
    expect(records.at(-1)?.cells[1]).toBe('Müller');
  });

  it('counts lines, those within quotes too', async () => {
    const { records } = await readSheet(`${HEADINGS}\n\nA,"two\nlines",x\nB,b,x\n`);
    expect(records.map(({ record, line }) => [record, line])).toEqual([
      [1, 4],
      [2, 5],
    ]);
  });

  it('takes a quote inside an unquoted cell as text', async () => {
    const { records } = await readSheet(`${HEADINGS}\nA,5" pipes,growth\n`);
    expect(records[0]?.cells).toEqual(['A', '5" pipes', 'growth']);
  });
});

it('what there is no room for is refused with the remedy, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const store = new FileSheetStore(folder);
  async function* filling() {
    yield Buffer.from(`${HEADINGS}\n`);
    await Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }));
  }
  await expect(store.receive(filling(), () => undefined)).rejects.toThrow(/^The disk .+ is full\. Free/);
  expect(readdirSync(folder)).toEqual([]);
});

describe('what cannot be read is refused, with the place and the remedy', () => {
  const xlsx = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2]);
  const damaged = Buffer.concat([Buffer.from(SHEET), Buffer.from([0xff, 0x41])]);
  it.each<[string, Uint8Array | string, RegExp]>([
    ['an empty file', '', /empty/],
    ['line breaks alone', '\n\r\n', /empty/],
    ['headings alone', `${HEADINGS}\n`, /nothing below/],
    [
      'a file cut off in a quoted cell',
      `${SHEET}CUST-2,"cut off`,
      /opened in the record that begins on line 3/,
    ],
    ['10,000 columns', `${'c,'.repeat(9_999)}c\n1\n`, /10000 columns; the limit is 200/],
    ['zero bytes', `${HEADINGS}\nA,\0,growth\n`, /Byte 40 is zero/],
    ['UTF-16 without a mark', Buffer.from(SHEET, 'utf16le'), /zero/],
    ['a workbook', xlsx, /Save or export it as CSV/],
    ['damaged UTF-8', damaged, new RegExp(`damaged at byte ${damaged.length - 2}`)],
    [
      'no encoding at all',
      Buffer.concat([Buffer.from(`${HEADINGS}\nA,`), Buffer.from([0x81])]),
      /neither UTF-8 nor/,
    ],
  ])('%s', async (_, bytes, message) => {
    await expect(readSheet(bytes)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      path: ['csv'],
      message: expect.stringMatching(message),
    });
  });

  it('one line of 50 MB, long before all of it is read', async () => {
    const folder = temporaryFolder();
    let given = 0;
    const endless = async function* () {
      yield Buffer.from(`${HEADINGS}\n`);
      for (; given < 50; given++) yield Buffer.alloc(1024 * 1024, 'x');
    };
    await expect(new FileSheetStore(folder).receive(endless(), () => undefined)).rejects.toThrow(
      /begins on line 2 is longer than 64 KiB/,
    );
    expect(given).toBeLessThan(3);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the store of sheets', () => {
  it('keeps a sheet until it is removed', async () => {
    const store = new FileSheetStore(temporaryFolder());
    expect(await store.names()).toEqual([]);
    await store.keep(await store.receive(inChunks(SHEET), () => undefined), 'a-1');
    expect([await store.has('a-1'), await store.names()]).toEqual([true, ['a-1']]);
    await store.remove('a-1');
    await store.remove('a-1');
    expect([await store.has('a-1'), await store.names()]).toEqual([false, []]);
  });

  it('forgets what is dropped', async () => {
    const folder = temporaryFolder();
    const store = new FileSheetStore(folder);
    await store.drop(await store.receive(inChunks(SHEET), () => undefined));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names no file after what is no id', async () => {
    const store = new FileSheetStore(temporaryFolder());
    await expect(store.has('../../etc/passwd')).rejects.toThrow(/cannot name a file/);
  });

  it('leaves nothing behind when looking is ended', async () => {
    const folder = temporaryFolder();
    const refuse = () => {
      throw new Error('not this sheet');
    };
    await expect(new FileSheetStore(folder).receive(inChunks(SHEET), refuse)).rejects.toThrow(
      'not this sheet',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
