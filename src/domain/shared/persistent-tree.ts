import type { Instant } from './instant.js';
import { endsOf, type Mark, type Period } from './mark.js';

/** Each version takes the maximum over its period; a root per version keeps every earlier state. */
export class PersistentTree {
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
