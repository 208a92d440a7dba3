import { describe, expect, it } from '@jest/globals';
import { ChangesArgs } from './change.args.js';
import { CommentOnChangeInput, DecideChangeInput, RejectChangeInput } from './decide-change.inputs.js';
import { LookupManyArgs, type LookupInput } from './lookup.inputs.js';
import { ProposeWaiverInput, RemapCustomerInput } from './propose-customer.inputs.js';
import { validateInput } from './validate-input.js';

const thrown = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};
const refusal = (path: readonly string[], message: string) =>
  expect.objectContaining({ code: 'INVALID_INPUT', path, message: expect.stringContaining(message) });

const decision = { changeId: 'c-1', revision: 1 };
const waiver = {
  exceptionId: 'e',
  binds: 'MAPPED_TIER',
  until: '2026-03-01T00:00:00Z',
  reason: 'x',
} as const;
const remap = { customerId: 'C-1', toTier: 'gold' };

describe('an input', () => {
  it('passes when it is in order, whatever may be left out is null or absent', () => {
    const pass = () => {
      validateInput(DecideChangeInput, decision);
      validateInput(DecideChangeInput, { ...decision, comment: null, idempotencyKey: null });
      validateInput(DecideChangeInput, {
        ...decision,
        comment: 'c'.repeat(10_000),
        idempotencyKey: 'k'.repeat(200),
      });
      validateInput(RemapCustomerInput, { ...remap, effectiveFrom: '2026-03-01T10:00:00+01:00' });
      validateInput(LookupManyArgs, { inputs: Array.from({ length: 100 }, () => ({ customerId: 'C-1' })) });
      validateInput(ChangesArgs, { first: 200, filter: { subject: { kind: 'TIER', id: 'gold' } } });
    };
    expect(pass).not.toThrow();
  });

  it('may be without a prototype, as GraphQL makes it', () => {
    const input: DecideChangeInput = Object.assign(Object.create(null), decision, {
      changeId: 'c'.repeat(401),
    });
    expect(thrown(() => validateInput(DecideChangeInput, input))).toEqual(
      refusal(['changeId'], 'the limit is 400'),
    );
  });

  it.each<[string, () => void, string[], string]>([
    [
      'a long comment',
      () => validateInput(DecideChangeInput, { ...decision, comment: 'c'.repeat(10_001) }),
      ['comment'],
      'limit is 10000',
    ],
    [
      'a hidden character',
      () => validateInput(RejectChangeInput, { ...decision, reason: 'a\u202eb' }),
      ['reason'],
      'invisible',
    ],
    [
      'a long comment on a change',
      () => validateInput(CommentOnChangeInput, { changeId: 'c', text: 'c'.repeat(10_001) }),
      ['text'],
      'limit is 10000',
    ],
    [
      'an empty key',
      () => validateInput(DecideChangeInput, { ...decision, idempotencyKey: ' ' }),
      ['idempotencyKey'],
      'empty',
    ],
    [
      'a long key',
      () => validateInput(DecideChangeInput, { ...decision, idempotencyKey: 'k'.repeat(201) }),
      ['idempotencyKey'],
      '1 to 200',
    ],
    [
      'a key that cannot be printed',
      () => validateInput(DecideChangeInput, { ...decision, idempotencyKey: 'a\u0000' }),
      ['idempotencyKey'],
      'printable',
    ],
    [
      'a date for an instant',
      () => validateInput(RemapCustomerInput, { ...remap, effectiveFrom: '2026-03-01' }),
      ['effectiveFrom'],
      '2026-03-01T00:00:00Z',
    ],
    [
      'no instant at all',
      () => validateInput(RemapCustomerInput, { ...remap, effectiveUntil: 'soon' }),
      ['effectiveUntil'],
      'is not an instant',
    ],
    [
      'a waiver until a date',
      () => validateInput(ProposeWaiverInput, { ...waiver, until: '2026-03-01' }),
      ['until'],
      'a time is needed',
    ],
    ['no entries', () => validateInput(ChangesArgs, { first: 0 }), ['first'], '1 to 200'],
    ['too many entries', () => validateInput(ChangesArgs, { first: 201 }), ['first'], '1 to 200'],
  ])('is refused at the field at fault: %s', (_what, run, path, message) => {
    expect(thrown(run)).toEqual(refusal(path, message));
  });

  it('is refused within inputs of its own, below the path it lies at', () => {
    const inputs: LookupInput[] = [{ customerId: 'C-1' }, { customerId: 'c'.repeat(401) }];
    expect(thrown(() => validateInput(LookupManyArgs, { inputs }, ['args']))).toEqual(
      refusal(['args', 'inputs', '1', 'customerId'], 'the limit is 400'),
    );
    const filter = { subject: { kind: 'TIER', id: 'g'.repeat(401) } } as const;
    expect(thrown(() => validateInput(ChangesArgs, { filter }))).toEqual(
      refusal(['filter', 'subject', 'id'], 'the limit is 400'),
    );
  });

  it('is refused as a list before its entries are looked at', () => {
    const inputs = Array.from({ length: 101 }, () => ({ customerId: 'c'.repeat(401) }));
    expect(thrown(() => validateInput(LookupManyArgs, { inputs }))).toEqual(
      refusal(['inputs'], 'This list has 101 entries; the limit is 100.'),
    );
  });
});
