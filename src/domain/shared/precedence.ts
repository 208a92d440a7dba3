import { earliest, type Instant } from './instant.js';
import type { Mark, Period } from './mark.js';

/**
 * A subject's versions as far as they are known now, in the order of precedence: by `effectiveFrom`, of two with the same
 * the later recorded last. Who binds is found from there by a binary search, so a fold that adds one version after
 * another never has to build an index; for what was known earlier there is {@link Timeline}.
 */
export class Precedence<M extends Mark> {
  /** @param marks in the order of precedence, as {@link with} gives them */
  constructor(readonly marks: readonly M[]) {}

  /** With one more version, recorded after all the others. */
  with(mark: M): Precedence<M> {
    const place = this.startedBy(mark.effectiveFrom);
    return new Precedence([...this.marks.slice(0, place), mark, ...this.marks.slice(place)]);
  }

  at(instant: Instant): M | null {
    for (let place = this.startedBy(instant) - 1; place >= 0; place--) {
      const mark = this.marks[place]!;
      if (mark.effectiveUntil === undefined || instant < mark.effectiveUntil) return mark;
    }
    return null;
  }

  /** The first instant after `instant` at which another version may bind; null: none. */
  turnAfter(instant: Instant): Instant | null {
    const next = this.marks[this.startedBy(instant)]?.effectiveFrom ?? null;
    return earliest(next, this.at(instant)?.effectiveUntil ?? null);
  }

  /** The periods in which one of the versions binds: its own, less those of the versions that precede it. */
  periodsOf(version: M): readonly Period[] {
    const end = version.effectiveUntil ?? null;
    const periods: Period[] = [];
    let from = version.effectiveFrom;
    for (let place = this.marks.lastIndexOf(version) + 1; place < this.marks.length; place++) {
      const { effectiveFrom: start, effectiveUntil: until } = this.marks[place]!;
      if (end !== null && start >= end) break;
      if (start === until) continue;
      if (start > from) periods.push({ from, to: start });
      if (until === undefined) return periods;
      if (until > from) from = until;
    }
    if (end === null || from < end) periods.push({ from, to: end });
    return periods;
  }

  /** How many versions start at the instant or before. */
  private startedBy(instant: Instant): number {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.marks[middle]!.effectiveFrom <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
