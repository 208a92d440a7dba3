import { describe, expect, it } from '@jest/globals';
import { recorded } from '../../test/support/given-subject.js';
import { ApprovedLog } from '../../test/support/approved.js';
import { projected } from '../../test/support/given-projection.js';
import type { StandingDocument } from '../../src/application/read-models/exceptions.read-model.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { exceptionsProjection } from './exceptions.projection.js';

const JAN = '2026-01-01T00:00:00.000Z';
const FEB = '2026-02-01T00:00:00.000Z';
const MAR = '2026-03-01T00:00:00.000Z';
const APR = '2026-04-01T00:00:00.000Z';

const standings = (...events: readonly RecordedEvent[]): readonly StandingDocument[] =>
  [...projected(exceptionsProjection, ...events).documents.values()].filter(
    (document) => document.type === 'standing',
  );
const said = (events: readonly RecordedEvent[]) =>
  standings(...events)
    .filter(({ current }) => current)
    .map(({ kind, tier, from, to }) => [kind, tier, from, to]);

describe('the exceptions read model', () => {
  it('opens one when a contract ends, without anything written at that instant', () => {
    const log = new ApprovedLog()
      .remap('CUST-1', 'gold', JAN)
      .contract('K-1', 'CUST-1', 'gold', { startsOn: '2026-02-01', endsOn: '2026-02-28' }, JAN);
    expect(said(log.events)).toEqual([
      ['NO_ACTIVE_CONTRACT', null, JAN, FEB],
      ['NONE', 'gold', FEB, MAR],
      ['NO_ACTIVE_CONTRACT', null, MAR, null],
    ]);
  });

  it('tells the mapped tier from the contracted one', () => {
    const log = new ApprovedLog()
      .contract('K-1', 'CUST-1', 'Gold', { startsOn: '2026-01-01' }, JAN)
      .remap('CUST-1', 'silver', FEB)
      .remap('CUST-1', 'GOLD', MAR);
    expect(said(log.events)).toEqual([
      ['UNMAPPED', null, JAN, FEB],
      ['TIER_MISMATCH', null, FEB, MAR],
      ['NONE', 'gold', MAR, null],
    ]);
  });

  it('does not choose between two active contracts, unless one is primary', () => {
    const log = new ApprovedLog()
      .remap('CUST-1', 'gold', JAN)
      .contract('K-1', 'CUST-1', 'gold', { startsOn: '2026-01-01' }, JAN)
      .contract('K-2', 'CUST-1', 'gold', { startsOn: '2026-02-01' }, JAN)
      .contract('K-1', 'CUST-1', 'gold', { startsOn: '2026-01-01', primary: true }, MAR);
    expect(said(log.events)).toEqual([
      ['NONE', 'gold', JAN, FEB],
      ['AMBIGUOUS_CONTRACTS', null, FEB, MAR],
      ['NONE', 'gold', MAR, null],
    ]);
  });

  it('closes what is known no longer and keeps it for those who ask what was known then', () => {
    const log = new ApprovedLog()
      .contract('K-1', 'CUST-1', 'gold', { startsOn: '2026-01-01' }, JAN)
      .remap('CUST-1', 'silver', FEB)
      .remap('CUST-1', 'gold', APR, { effectiveFrom: FEB, backdated: true });
    const mismatch = standings(...log.events).filter(({ kind }) => kind === 'TIER_MISMATCH');
    expect(mismatch).toMatchObject([{ from: FEB, knownFrom: FEB, knownTo: APR, current: false }]);
  });

  it('remembers who has taken an exception on', () => {
    const log = new ApprovedLog().remap('CUST-1', 'gold', JAN);
    const exceptionId = `NO_ACTIVE_CONTRACT~${JAN}~cust-1`;
    const acknowledged = recorded(
      { type: 'ExceptionAcknowledged', data: { exceptionId, note: 'asked sales', acknowledgedBy: 'mia' } },
      { actor: 'mia', at: FEB, position: 2n },
    );
    projected(exceptionsProjection, ...log.events, acknowledged).thenDocument('acme/facts/cust-1', {
      acknowledgements: [{ exceptionId, by: 'mia', note: 'asked sales', at: FEB }],
    });
  });
});
