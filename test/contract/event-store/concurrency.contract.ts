import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ExpectedRevision, NewEvent } from '../../../src/application/ports/event-store.js';
import type { OpenEventStore } from './opened.js';
import { opened } from './opened.js';
import { answer, collect, commented, freshStream, ids, many, outcome } from './samples.js';

const WRITERS = 64;
const ROUNDS = Number(process.env['CONTRACT_ROUNDS'] ?? 50);
const RUNS = Number(process.env['CONTRACT_RUNS'] ?? 25);

/** A log as plainly as it can be said. */
class NaiveLog {
  private readonly streams = new Map<string, string[]>();

  of(stream: string): string[] {
    return this.streams.get(stream) ?? [];
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): bigint | string {
    const held = this.of(stream);
    const wanted = ids(events);
    const at = expected === 'ANY' ? held.length : expected === 'NO_STREAM' ? 0 : Number(expected) + 1;
    const found = wanted.filter((id) => held.includes(id)).length;
    if (expected === 'ANY' && found > 0)
      return found === wanted.length ? BigInt(held.indexOf(wanted.at(-1) ?? '')) : 'CONFLICT';
    if (at !== held.length)
      return wanted.every((id, i) => held[at + i] === id) ? BigInt(at + wanted.length - 1) : 'CONFLICT';
    this.streams.set(stream, [...held, ...wanted]);
    return BigInt(held.length + wanted.length - 1);
  }
}

interface Step {
  readonly stream: number;
  readonly events: number;
  readonly expected: 'right' | 'ANY' | 'NO_STREAM' | 'behind' | 'ahead';
  /** Repeats an earlier append instead, word for word. */
  readonly repeat: number | null;
}

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.nat(2),
  events: fc.integer({ min: 1, max: 3 }),
  expected: fc.constantFrom('right', 'right', 'ANY', 'NO_STREAM', 'behind', 'ahead'),
  repeat: fc.option(fc.nat(10), { freq: 3 }),
});

export const concurrencyContract = (open: OpenEventStore): void => {
  const log = opened(open);

  describe('concurrent writers', () => {
    it(`of one revision have one winner, ${WRITERS} of them in ${ROUNDS} rounds`, async () => {
      const { store } = log();
      const stream = freshStream();
      for (let round = 0; round < ROUNDS; round++) {
        const expected = round === 0 ? 'NO_STREAM' : BigInt(round - 1);
        const writers = Array.from({ length: WRITERS }, (_, i) =>
          outcome(store.append({ stream, expected, events: [commented(`${round} by ${i}`)] })),
        );
        const outcomes = await Promise.all(writers);
        expect(outcomes.filter((given) => given === BigInt(round))).toHaveLength(1);
        expect(outcomes.filter((given) => given === 'CONFLICT')).toHaveLength(WRITERS - 1);
      }
      expect(await collect(store.readStream(stream))).toHaveLength(ROUNDS);
    });

    it('of one stream at any revision are all heard, each in one piece', async () => {
      const { store } = log();
      const stream = freshStream();
      const groups = Array.from({ length: WRITERS }, () => many(3));
      const answers = await Promise.all(
        groups.map((events) => store.append({ stream, expected: 'ANY', events })),
      );
      const held = ids(await collect(store.readStream(stream)));
      expect(held).toHaveLength(3 * WRITERS);
      answers.forEach(({ revision }, i) => {
        expect(held.slice(Number(revision) - 2, Number(revision) + 1)).toEqual(ids(groups[i] ?? []));
      });
    });

    it('in two stores on the same log have one winner per revision', async () => {
      const { store, another } = log();
      if (!another) return;
      const other = await another();
      const stream = freshStream();
      for (let round = 0; round < 20; round++) {
        const expected = round === 0 ? 'NO_STREAM' : BigInt(round - 1);
        const outcomes = await Promise.all(
          [store, other, store, other].map((each) =>
            outcome(each.append({ stream, expected, events: many(1) })),
          ),
        );
        expect(outcomes.filter((given) => given === BigInt(round))).toHaveLength(1);
      }
    });
  });

  describe('any history', () => {
    it('goes as it would in a plain list', async () => {
      const { store } = log();
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
          const naive = new NaiveLog();
          const streams = [freshStream(), freshStream(), freshStream()];
          const made: { stream: string; expected: ExpectedRevision; events: NewEvent[] }[] = [];
          for (const { stream: nth, events, expected, repeat } of steps) {
            const stream = streams[nth] ?? '';
            const length = naive.of(stream).length;
            const revisions: Record<Step['expected'], ExpectedRevision> = {
              right: length === 0 ? 'NO_STREAM' : BigInt(length - 1),
              ANY: 'ANY',
              NO_STREAM: 'NO_STREAM',
              behind: BigInt(Math.max(0, length - 2)),
              ahead: BigInt(length + 3),
            };
            const fresh = { stream, expected: revisions[expected], events: many(events) };
            const append = (repeat === null ? undefined : made[repeat]) ?? fresh;
            made.push(append);
            expect(await outcome(store.append(append))).toBe(
              naive.append(append.stream, append.expected, append.events),
            );
          }
          for (const stream of streams)
            expect(ids(await collect(store.readStream(stream)))).toEqual(naive.of(stream));
        }),
        { numRuns: RUNS },
      );
    });

    it('goes the same way when appends to different streams are sent together', async () => {
      const { store } = log();
      const together = fc.array(fc.uniqueArray(step, { selector: ({ stream }) => stream, maxLength: 3 }), {
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(together, async (groups) => {
          const naive = new NaiveLog();
          const streams = [freshStream(), freshStream(), freshStream()];
          for (const group of groups) {
            const appends = group.map(({ stream, events, expected }) => ({
              stream: streams[stream] ?? '',
              expected: expected === 'ANY' ? ('ANY' as const) : ('NO_STREAM' as const),
              events: many(events),
            }));
            const expected = appends.map((each) => naive.append(each.stream, each.expected, each.events));
            expect((await store.appendMany(appends)).map(answer)).toEqual(expected);
          }
          for (const stream of streams)
            expect(ids(await collect(store.readStream(stream)))).toEqual(naive.of(stream));
        }),
        { numRuns: RUNS },
      );
    });
  });
};
