import { Temporal } from 'temporal-polyfill';

/** A stretch of time in which a zone keeps one offset from UTC. All in milliseconds; `until` is exclusive. */
export interface OffsetSpan {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/** Spans kept for a zone: thirty years of daylight saving. */
const MAX_SPANS = 64;
const spansOfZone = new Map<string, OffsetSpan[]>();

/**
 * The span that holds an instant. Finding a transition takes most of a millisecond and never changes, so what
 * was found is kept.
 *
 * @param epoch milliseconds since 1970-01-01T00:00:00Z
 */
export const offsetSpanAt = (timeZone: string, epoch: number): OffsetSpan => {
  let spans = spansOfZone.get(timeZone);
  if (spans === undefined) spansOfZone.set(timeZone, (spans = []));
  const known = spans.find(({ from, until }) => from <= epoch && epoch < until);
  if (known !== undefined) return known;
  const span = findSpan(timeZone, epoch);
  // The same span may be known from a later start only.
  const others = spans.filter(({ until }) => until !== span.until).slice(-MAX_SPANS + 1);
  spansOfZone.set(timeZone, [...others, span]);
  return span;
};

const findSpan = (timeZone: string, epoch: number): OffsetSpan => {
  const local = Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(timeZone);
  return {
    from: epoch,
    until: local.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: local.offsetNanoseconds / 1e6,
  };
};
