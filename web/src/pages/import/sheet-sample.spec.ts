import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guessOf, sampleOf } from './sheet-sample.js';

const sampled = (text: string | Uint8Array<ArrayBuffer>) => sampleOf(new Blob([text]));

describe('the first rows of a sheet', () => {
  it.each([',', ';', '\t', '|'])('are told apart by %p', async (delimiter) => {
    const { headings, rows } = await sampled(
      [
        ['id', 'name'],
        ['1', 'Ada'],
      ]
        .map((row) => row.join(delimiter))
        .join('\n'),
    );
    expect(headings).toEqual(['id', 'name']);
    expect(rows).toEqual([['1', 'Ada']]);
  });

  it('are five at most, without the empty ones', async () => {
    const { rows } = await sampled(`id\r\n\r\n${[1, 2, 3, 4, 5, 6].join('\r\n')}\r\n`);
    expect(rows).toEqual([['1'], ['2'], ['3'], ['4'], ['5']]);
  });

  it('are read in the encodings that spreadsheets write', async () => {
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...'id\nÄ'].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]),
    ]);
    expect((await sampled(utf16)).rows).toEqual([['Ä']]);
    expect(
      (await sampled(new Uint8Array([...'id\n'].map((char) => char.charCodeAt(0)).concat(0xc4)))).rows,
    ).toEqual([['Ä']]);
  });

  it('hold whatever is quoted', async () => {
    const field = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(field, { minLength: 2, maxLength: 5 }), async (row) => {
        const quoted = row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
        expect((await sampled(`${row.map((_, place) => `h${place}`).join(',')}\n${quoted}`)).rows).toEqual([
          row,
        ]);
      }),
    );
  });
});

describe('what the columns are taken for', () => {
  it('is what the server would take them for, or the problem in its words', () => {
    expect(guessOf(['Customer ID', 'Tier'], {}).columns).toMatchObject({ 'Customer ID': 'customerId' });
    const { columns, problem } = guessOf(['What', 'Ever'], {});
    expect(columns).toBeNull();
    expect(problem).toMatch(/\w/);
  });
});
