import { describe, expect, it } from '@jest/globals';
import { Timeline } from '../../domain/shared/timeline.js';
import type { MatrixSubject } from './matrix-reader.js';
import { turningPoints } from './turning-points.js';

type Version = readonly [effectiveFrom: string, recordedAt: string, effectiveUntil?: string];

const subject = (kind: 'TIER' | 'COVERAGE', id: string, ...versions: readonly Version[]): MatrixSubject => {
  const marks = versions.map(([effectiveFrom, recordedAt, effectiveUntil], index) => ({
    number: index + 1,
    effectiveFrom,
    recordedAt,
    ...(effectiveUntil !== undefined && { effectiveUntil }),
  }));
  return { document: { kind, id, key: id }, timeline: new Timeline(marks) } as unknown as MatrixSubject;
};

const matrixOf = (...subjects: readonly MatrixSubject[]) => {
  const of = (kind: string) =>
    new Map(
      subjects.filter(({ document }) => document.kind === kind).map((each) => [each.document.key, each]),
    );
  return { tiers: of('TIER'), coverages: of('COVERAGE') };
};

describe('turning points of the matrix', () => {
  it('are in order, and name all that turned at one instant', () => {
    const matrix = matrixOf(
      subject('TIER', 'gold', ['2026-01-01', '2026-01-01'], ['2026-09-01', '2026-02-01']),
      subject('TIER', 'silver', ['2026-01-01', '2026-01-01']),
      subject('COVERAGE', 'nights', ['2026-05-01', '2026-03-01']),
    );
    expect(turningPoints(matrix)).toEqual([
      {
        at: '2026-01-01',
        subjects: [
          { kind: 'TIER', id: 'gold' },
          { kind: 'TIER', id: 'silver' },
        ],
      },
      { at: '2026-05-01', subjects: [{ kind: 'COVERAGE', id: 'nights' }] },
      { at: '2026-09-01', subjects: [{ kind: 'TIER', id: 'gold' }] },
    ]);
  });

  it('include the end of a concession, whether something follows it or nothing does', () => {
    const interrupted = subject(
      'TIER',
      'gold',
      ['2026-01-01', '2026-01-01'],
      ['2026-03-01', '2026-02-01', '2026-04-01'],
    );
    const alone = subject('TIER', 'trial', ['2026-06-01', '2026-01-01', '2026-07-01']);
    expect(turningPoints(matrixOf(interrupted, alone)).map(({ at }) => at)).toEqual([
      '2026-01-01',
      '2026-03-01',
      '2026-04-01',
      '2026-06-01',
      '2026-07-01',
    ]);
  });

  it('are those that were known then', () => {
    const matrix = matrixOf(
      subject('TIER', 'gold', ['2026-01-01', '2026-01-01'], ['2026-09-01', '2026-02-01']),
    );
    expect(turningPoints(matrix, '2026-01-15').map(({ at }) => at)).toEqual(['2026-01-01']);
  });
});
