import { describe, expect, it } from '@jest/globals';
import { detectColumns } from './headings.js';
import { MATRIX_HEADINGS, CUSTOMER_HEADINGS } from './export-rows.js';

const refusal = (path: string, message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_INPUT', path: [path], message: expect.stringMatching(message) });

const failing = (detect: () => unknown): unknown => {
  try {
    detect();
  } catch (error) {
    return error;
  }
  return null;
};

describe('what columns mean', () => {
  it("knows the product's own headings, each as its own field", () => {
    expect(detectColumns(CUSTOMER_HEADINGS)).toMatchObject({ sheet: 'REFERENCE' });
    expect(detectColumns(CUSTOMER_HEADINGS).places.size).toBe(CUSTOMER_HEADINGS.length);
    expect(detectColumns(MATRIX_HEADINGS)).toMatchObject({ sheet: 'MATRIX' });
    expect(detectColumns(MATRIX_HEADINGS).places.size).toBe(MATRIX_HEADINGS.length);
  });

  it.each([
    [
      ['Kunden-Nr.', 'Firma', 'Vertragsnummer', 'Stufe'],
      ['customerId', 'customerName', 'contractId', 'mappedTier'],
    ],
    [
      ['CustomerID', 'Custmer Name', 'SLA-Tier', 'CSM'],
      ['customerId', 'customerName', 'mappedTier', 'csmEmail'],
    ],
    [
      ['ACCOUNT ID', 'account', 'PLAN', 'Währung'],
      ['customerId', 'customerName', 'mappedTier', 'currency'],
    ],
  ])('reads %s', (headings, fields) => {
    expect(Object.values(detectColumns(headings).columns).sort()).toEqual([...fields].sort());
  });

  it('prefers the heading that says it best, and ignores what means nothing here', () => {
    const { columns } = detectColumns(['customer_id', 'Customer', 'tier', 'Favourite colour']);
    expect(columns).toEqual({ customer_id: 'customerId', tier: 'mappedTier' });
  });

  it.each([
    [{ Nummer: 'customerId', Niveau: 'mappedTier' }],
    [{ customerId: 'Nummer', mappedTier: 'Niveau' }],
    [{ nummer: 'customerId' }],
  ])('is told by %j', (overrides: Record<string, string>) => {
    expect(detectColumns(['Nummer', 'Niveau'], overrides).columns).toEqual({
      Nummer: 'customerId',
      Niveau: 'mappedTier',
    });
  });

  it('lets a column be ignored', () => {
    expect(detectColumns(['customer_id', 'tier', 'name'], { name: null }).places.has('customerName')).toBe(
      false,
    );
  });

  it('names the headings, and how to map them, when a column is missing or could be two', () => {
    expect(failing(() => detectColumns(['foo', 'bar']))).toEqual(
      refusal('columns', /customerId.*"foo", "bar".*columns \{/),
    );
    expect(failing(() => detectColumns(['Kunde', 'Client', 'tier']))).toEqual(
      refusal('columns', /"Kunde" and "Client" could both be customerId/),
    );
    expect(failing(() => detectColumns(['tier', 'tier', 'customer id']))).toEqual(
      refusal('csv', /"tier" stands over two/),
    );
    expect(failing(() => detectColumns(['a', 'tier'], { b: 'customerId' }))).toMatchObject({
      path: ['columns', 'b'],
    });
    expect(failing(() => detectColumns(['a', 'tier'], { a: 'nonsense' }))).toMatchObject({
      path: ['columns', 'a'],
    });
  });
});
