import type { Instant } from './instant.js';
import { endsOf, type Mark, type Period } from './mark.js';
import { PersistentTree } from './persistent-tree.js';
import { Precedence } from './precedence.js';

export type { Mark, Period } from './mark.js';

export interface Segment<M> extends Period {
  readonly mark: M;
}

/** Below this a plain walk is quicker than any index. */
const WALK_UP_TO = 12;
/** Building the index costs about as much as this many walks: who asks less often is answered by walking. */
const WALKS = 24;

/**
 * Which of a subject's versions binds at an instant, as known at another: of the versions known then whose period
 * holds the instant, the one with the latest `effectiveFrom`; of two with the same, the later recorded.
 *
 * Both axes cost O(log n): a persistent segment tree over the periods' ends, with one root per version, so that
 * "as known then" is the root of the last version recorded by then. Built for those who ask more than a few questions.
 */
export class Timeline<M extends Mark> {
  private tree: PersistentTree | null = null;
  private walks = 0;
  private current: readonly Segment<M>[] | null = null;
  private places: ReadonlyMap<M, number> | null = null;

  /** @param marks in the order they were recorded */
  constructor(readonly marks: readonly M[]) {}

  /** @param knownAt absent: everything recorded is known */
  at(instant: Instant, knownAt?: Instant): M | null {
    const known = knownAt === undefined ? this.marks.length : this.knownBy(knownAt);
    const tree = this.index();
    if (!tree) return this.walk(instant, known);
    const winner = tree.winner(instant, known);
    return winner < 0 ? null : this.marks[winner]!;
  }

  /** The first instant after `instant` at which another version may bind; null: none. */
  turnAfter(instant: Instant): Instant | null {
    let next: Instant | null = null;
    for (const { effectiveFrom, effectiveUntil } of this.marks)
      for (const end of [effectiveFrom, effectiveUntil])
        if (end !== undefined && end > instant && (next === null || end < next)) next = end;
    return next;
  }

  /** Who binds when, in order and without overlaps; gaps are where nothing binds. */
  segments(knownAt?: Instant): readonly Segment<M>[] {
    if (knownAt === undefined) return (this.current ??= this.segmentsOf(this.marks.length));
    return this.segmentsOf(this.knownBy(knownAt));
  }

  /** The periods in which one version binds; more than one where a temporary version interrupts it. */
  periodsOf(version: M, knownAt?: Instant): readonly Period[] {
    const known = knownAt === undefined ? this.marks.length : this.knownBy(knownAt);
    const tree = this.index();
    return tree ? tree.periods(version, this.indexOf(version), known) : this.sweep(version, known);
  }

  /** Null while a walk is cheaper. */
  private index(): PersistentTree | null {
    if (this.tree || this.marks.length <= WALK_UP_TO || this.walks++ < WALKS) return this.tree;
    return (this.tree = new PersistentTree(this.marks));
  }

  private indexOf(version: M): number {
    this.places ??= new Map(this.marks.map((mark, index) => [mark, index]));
    return this.places.get(version) ?? -1;
  }

  /** How many versions the log had recorded by then. */
  private knownBy(knownAt: Instant): number {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.marks[middle]!.recordedAt <= knownAt) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private walk(instant: Instant, known: number): M | null {
    let winner: M | null = null;
    for (let i = 0; i < known; i++) {
      const mark = this.marks[i]!;
      if (holds(mark, instant) && (winner === null || mark.effectiveFrom >= winner.effectiveFrom))
        winner = mark;
    }
    return winner;
  }

  /** A version's periods without the index: only those that precede it are put in order. */
  private sweep(version: M, known: number): readonly Period[] {
    const index = this.marks.indexOf(version);
    if (index < 0 || index >= known) return [];
    const { effectiveFrom: from, effectiveUntil: until } = version;
    const later = this.marks.filter(
      (mark, place) =>
        place < known &&
        (mark.effectiveFrom > from || (mark.effectiveFrom === from && place > index)) &&
        (until === undefined || mark.effectiveFrom < until),
    );
    later.sort((a, b) => compare(a.effectiveFrom, b.effectiveFrom));
    return new Precedence([version, ...later]).periodsOf(version);
  }

  private segmentsOf(known: number): readonly Segment<M>[] {
    const marks = this.marks.slice(0, known);
    const timeline = known === this.marks.length ? this : new Timeline(marks);
    const segments: { from: Instant; to: Instant | null; mark: M }[] = [];
    for (const from of endsOf(marks)) {
      const last = segments.at(-1);
      const mark = timeline.at(from);
      if (last && last.to === null) {
        if (last.mark === mark) continue;
        last.to = from;
      }
      if (mark) segments.push({ from, to: null, mark });
    }
    return segments;
  }
}

const holds = (mark: Mark, instant: Instant): boolean =>
  mark.effectiveFrom <= instant && (mark.effectiveUntil === undefined || instant < mark.effectiveUntil);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
