import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UuidGenerator } from './id-generator.js';

const ids = new UuidGenerator();

describe('ids', () => {
  it('are random UUIDs of version 4', () => {
    expect(ids.random()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.random()).not.toBe(ids.random());
  });

  it('that are derived never change: what was stored years ago depends on them', () => {
    expect(ids.derived('breach', 'ticket-demo.1')).toBe('98a03e11-55e1-5557-8f41-10441730a052');
    expect(ids.derived()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('are equal exactly when their parts are', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ',', '"') }), { maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const same = left.length === right.length && left.every((part, i) => part === right[i]);
        expect(ids.derived(...left) === ids.derived(...right)).toBe(same);
      }),
    );
  });
});
