import type { VersionMark } from '../../domain/binding/marks.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { Segment } from '../../domain/shared/timeline.js';
import type { MatrixReader, MatrixSubject } from './matrix-reader.js';
import { termDeltas, type Named, type TermDelta } from './term-deltas.js';
import type { CommitmentDelta } from './views.js';

/** An instant at which one version of a tier gives way to another; null: none binds. */
interface Turn {
  readonly at: Instant;
  readonly before: VersionMark | null;
  readonly after: VersionMark | null;
}

/** What differs in a tier between two instants, and which change did each of it. */
export class TierDiffer {
  constructor(private readonly reader: MatrixReader) {}

  /**
   * A difference is the doing of the last change on the way from one instant to the other that touched that very term.
   *
   * @param known absent: everything recorded is known
   */
  async deltas(
    orgId: string,
    subject: MatrixSubject,
    [from, to]: readonly [Instant, Instant],
    known?: Instant,
  ): Promise<readonly CommitmentDelta[]> {
    const { document, timeline } = subject;
    const said = (mark: VersionMark | null) => this.said(orgId, document.key, mark);
    const differences = termDeltas(await said(timeline.at(from, known)), await said(timeline.at(to, known)));
    const open = new Set(differences.map(nameOf));
    const causes = new Map<string, string>();
    for (const turn of turnsTo(timeline.segments(known), from, to)) {
      if (open.size === 0) break;
      for (const touched of termDeltas(await said(turn.before), await said(turn.after)))
        if (open.delete(nameOf(touched))) causes.set(nameOf(touched), causeOf(turn));
    }
    return differences.map((delta) => ({
      tier: document.id,
      ...delta,
      changeId: causes.get(nameOf(delta))!,
    }));
  }

  /** A version that retires the tier says nothing. */
  private async said(orgId: string, key: string, mark: VersionMark | null): Promise<Named | null> {
    if (mark?.kind !== 'TIER_TERMS') return null;
    const { content } = (await this.reader.version(orgId, 'TIER', key, mark)).version;
    return 'terms' in content ? content : null;
  }
}

/** The turns between two instants, those nearest to the second first. */
const turnsTo = (segments: readonly Segment<VersionMark>[], from: Instant, to: Instant): readonly Turn[] => {
  const [first, last] = from < to ? [from, to] : [to, from];
  const turns = segments.flatMap(({ from: start, to: end, mark }, index): readonly Turn[] => {
    const previous = segments[index - 1];
    const begins = { at: start, before: previous?.to === start ? previous.mark : null, after: mark };
    const isFollowed = end === null || segments[index + 1]?.from === end;
    return isFollowed ? [begins] : [begins, { at: end, before: mark, after: null }];
  });
  const between = turns.filter(({ at }) => first < at && at <= last);
  return from < to ? between.reverse() : between;
};

/** What begins then did it; else what has ended by itself, and given back what was in force before. */
const causeOf = ({ at, before, after }: Turn): string =>
  (after?.effectiveFrom === at ? after : before)!.changeId;

const nameOf = ({ priority, field }: TermDelta): string =>
  JSON.stringify([priority === null ? null : identifierKey(priority), field]);
