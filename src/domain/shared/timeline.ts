import type { Instant } from './instant.js';

/** A version on both time axes, as far as choosing between versions goes. */
export interface Mark {
  readonly number: number;
  /** Inclusive. */
  readonly effectiveFrom: Instant;
  /** Exclusive; absent: open. */
  readonly effectiveUntil?: Instant;
  readonly recordedAt: Instant;
}

/** Half open: `[from, to)`; `to` null: without end. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant | null;
}

export interface Segment<M> extends Period {
  readonly mark: M;
}

/** Below this a plain walk is quicker than any index. */
const WALK_UP_TO = 12;

/**
 * Which of a subject's versions binds at an instant, as known at another: of the versions known then whose period
 * holds the instant, the one with the latest `effectiveFrom`; of two with the same, the later recorded.
 *
 * Both axes cost O(log n): a persistent segment tree over the periods' ends, with one root per version, so that
 * "as known then" is the root of the last version recorded by then. Built when first needed.
 */
export class Timeline<M extends Mark> {
  private tree: PersistentTree | null = null;
  private current: readonly Segment<M>[] | null = null;
  private places: ReadonlyMap<M, number> | null = null;

  /** @param marks in the order they were recorded */
  constructor(readonly marks: readonly M[]) {}

  /** @param knownAt absent: everything recorded is known */
  at(instant: Instant, knownAt?: Instant): M | null {
    const known = knownAt === undefined ? this.marks.length : this.knownBy(knownAt);
    if (this.marks.length <= WALK_UP_TO) return this.walk(instant, known);
    this.tree ??= new PersistentTree(this.marks);
    const winner = this.tree.winner(instant, known);
    return winner < 0 ? null : this.marks[winner]!;
  }

  /** Who binds when, in order and without overlaps; gaps are where nothing binds. */
  segments(knownAt?: Instant): readonly Segment<M>[] {
    if (knownAt === undefined) return (this.current ??= this.segmentsOf(this.marks.length));
    return this.segmentsOf(this.knownBy(knownAt));
  }

  /** The periods in which one version binds; more than one where a temporary version interrupts it. */
  periodsOf(version: M, knownAt?: Instant): readonly Period[] {
    if (this.marks.length > WALK_UP_TO) {
      const known = knownAt === undefined ? this.marks.length : this.knownBy(knownAt);
      this.tree ??= new PersistentTree(this.marks);
      return this.tree.periods(version, this.indexOf(version), known);
    }
    return this.segments(knownAt)
      .filter(({ mark }) => mark === version)
      .map(({ from, to }) => ({ from, to }));
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

/** Every instant at which some version begins or ends, in order, each once. */
const endsOf = (marks: readonly Mark[]): readonly Instant[] => {
  const ends = new Set<Instant>();
  for (const mark of marks) {
    ends.add(mark.effectiveFrom);
    if (mark.effectiveUntil !== undefined) ends.add(mark.effectiveUntil);
  }
  return [...ends].sort();
};

/** Each version takes the maximum over its period; a root per version keeps every earlier state. */
class PersistentTree {
  private readonly ends: readonly Instant[];
  /** Version index → its place in the order of precedence, and back. */
  private readonly byPrecedence: readonly number[];
  private readonly precedence: readonly number[];
  private readonly roots: number[] = [0];
  private readonly left: number[] = [0];
  private readonly right: number[] = [0];
  /** The latest start that covers the node's whole span; node 0 is every empty subtree. */
  private readonly best: number[] = [-1];
  /** The highest and the lowest winner below the node, as far as the subtree alone decides. */
  private readonly highest: number[] = [-1];
  private readonly lowest: number[] = [-1];

  constructor(marks: readonly Mark[]) {
    this.ends = endsOf(marks);
    this.byPrecedence = marks
      .map((_, index) => index)
      .sort((a, b) => compare(marks[a]!.effectiveFrom, marks[b]!.effectiveFrom) || a - b);
    const precedence = new Array<number>(marks.length);
    this.byPrecedence.forEach((index, place) => (precedence[index] = place));
    this.precedence = precedence;
    marks.forEach((mark, index) => {
      const from = this.endAt(mark.effectiveFrom);
      const to =
        mark.effectiveUntil === undefined ? this.ends.length - 1 : this.endAt(mark.effectiveUntil) - 1;
      const root = this.roots[index]!;
      this.roots.push(
        to < from ? root : this.raise(root, 0, this.ends.length - 1, from, to, precedence[index]!),
      );
    });
  }

  /** Index of the version that binds, or -1. */
  winner(instant: Instant, known: number): number {
    const end = this.endAt(instant);
    if (end < 0) return -1;
    let node = this.roots[known]!;
    let low = 0;
    let high = this.ends.length - 1;
    let best = this.best[node]!;
    while (low < high && node !== 0) {
      const middle = (low + high) >> 1;
      if (end <= middle) {
        node = this.left[node]!;
        high = middle;
      } else {
        node = this.right[node]!;
        low = middle + 1;
      }
      best = Math.max(best, this.best[node]!);
    }
    return best < 0 ? -1 : this.byPrecedence[best]!;
  }

  /** The last end that is not after the instant, or -1. */
  private endAt(instant: Instant): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! <= instant) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private raise(node: number, low: number, high: number, from: number, to: number, place: number): number {
    if (to < low || high < from) return node;
    const copy = this.left.length;
    this.left.push(this.left[node]!);
    this.right.push(this.right[node]!);
    this.best.push(this.best[node]!);
    this.highest.push(-1);
    this.lowest.push(-1);
    if (from <= low && high <= to) {
      this.best[copy] = Math.max(this.best[copy]!, place);
    } else {
      const middle = (low + high) >> 1;
      this.left[copy] = this.raise(this.left[copy]!, low, middle, from, to, place);
      this.right[copy] = this.raise(this.right[copy]!, middle + 1, high, from, to, place);
    }
    const [left, right] = [this.left[copy]!, this.right[copy]!];
    this.highest[copy] = Math.max(this.best[copy]!, this.highest[left]!, this.highest[right]!);
    this.lowest[copy] = Math.max(this.best[copy]!, Math.min(this.lowest[left]!, this.lowest[right]!));
    return copy;
  }

  /**
   * The periods a version wins: within its own period every winner ranks at least as high, so it wins where the winner
   * does not rank higher, and each change of winner is found by one descent.
   */
  periods(version: Mark, index: number, known: number): readonly Period[] {
    if (index < 0 || index >= known) return [];
    const place = this.precedence[index]!;
    const root = this.roots[known]!;
    const until = version.effectiveUntil;
    const limit = until === undefined ? this.ends.length : this.endAt(until);
    const periods: Period[] = [];
    for (let end = this.endAt(version.effectiveFrom); end < limit;) {
      const from = this.first(root, 0, this.ends.length - 1, end, -1, place, false);
      if (from < 0 || from >= limit) break;
      const beaten = this.first(root, 0, this.ends.length - 1, from, -1, place, true);
      end = beaten < 0 ? limit : Math.min(beaten, limit);
      periods.push({ from: this.ends[from]!, to: end < this.ends.length ? this.ends[end]! : null });
    }
    return periods;
  }

  /** The first end from `start` on whose winner ranks above `place` (or not above it); -1: none. */
  private first(
    node: number,
    low: number,
    high: number,
    start: number,
    above: number,
    place: number,
    higher: boolean,
  ): number {
    if (high < start) return -1;
    const bound = Math.max(above, (higher ? this.highest : this.lowest)[node]!);
    if (higher ? bound <= place : bound > place) return -1;
    if (low === high) return low;
    const middle = (low + high) >> 1;
    const best = Math.max(above, this.best[node]!);
    const left = this.first(this.left[node]!, low, middle, start, best, place, higher);
    return left >= 0 ? left : this.first(this.right[node]!, middle + 1, high, start, best, place, higher);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
