import type { Subject } from '../../domain/change/content.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { OrganizationMatrix } from './matrix-reader.js';
import type { TurningPoint } from './views.js';

/** The latest are kept: a matrix that turned more often than this is not read turn by turn. */
const MOST = 500;

/** When the matrix became another one, and when it will, as known then: in order, each instant once. */
export const turningPoints = (
  { tiers, coverages }: Pick<OrganizationMatrix, 'tiers' | 'coverages'>,
  known?: Instant,
): readonly TurningPoint[] => {
  const turns = new Map<Instant, Subject[]>();
  const note = (at: Instant, subject: Subject): void => {
    const subjects = turns.get(at);
    if (subjects) subjects.push(subject);
    else turns.set(at, [subject]);
  };
  for (const { document, timeline } of [...tiers.values(), ...coverages.values()]) {
    const subject: Subject = { kind: document.kind, id: document.id };
    const segments = timeline.segments(known);
    segments.forEach(({ from, to }, index) => {
      note(from, subject);
      if (to !== null && segments[index + 1]?.from !== to) note(to, subject);
    });
  }
  return [...turns]
    .map(([at, subjects]) => ({ at, subjects }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(-MOST);
};
