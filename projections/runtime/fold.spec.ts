import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../src/domain/events.js';
import { personAdded, type Tally, tallyProjection } from '../../test/support/tally.projection.js';
import { fold, touchedKeys } from './fold.js';

const event = (person: string, position: bigint, name?: string): RecordedEvent =>
  ({ ...personAdded(person, name).events[0]!, position }) as RecordedEvent;

const tally = (person: string, count: number): Tally => ({ person, count, roles: ['member'], positions: [] });

describe('folding events', () => {
  it('writes a changed document once, with the position of the last event that changed it', () => {
    const writes = fold(
      { ...tallyProjection, derive: () => [] },
      [event('ada', 1n), event('bob', 2n), event('ada', 3n)],
      new Map(),
    );
    expect(writes.map(({ key, position, document }) => [key, position, document?.count])).toEqual([
      ['ada', 3n, 2],
      ['bob', 2n, 1],
    ]);
  });

  it('goes on from what is stored, and leaves that alone', () => {
    const stored = Object.freeze(tally('ada', 7));
    const writes = fold(tallyProjection, [event('ada', 9n)], new Map([['ada', stored]]));
    expect(writes.find(({ key }) => key === 'ada')?.document?.count).toBe(8);
  });

  it('writes what follows from a change event by event, and removes what no longer does', () => {
    const writes = fold(
      tallyProjection,
      [event('ada', 1n), event('ada', 2n)],
      new Map([['ada', tally('ada', 4)]]),
    );
    expect(new Map(writes.map(({ key, document }) => [key, document?.count ?? null]))).toEqual(
      new Map([
        ['ada', 6],
        ['ada#4', null],
        ['ada#5', null],
        ['ada#6', 6],
      ]),
    );
  });

  it('writes nothing where nothing changes', () => {
    const unmoved = { ...tallyProjection, derive: () => [], evolve: (document: Tally | null) => document };
    expect(fold(unmoved, [event('ada', 1n)], new Map([['ada', tally('ada', 1)]]))).toEqual([]);
  });

  it('touches every key once', () => {
    expect(touchedKeys(tallyProjection, [event('ada', 1n), event('bob', 2n), event('ada', 3n)])).toEqual([
      'ada',
      'bob',
    ]);
  });
});
