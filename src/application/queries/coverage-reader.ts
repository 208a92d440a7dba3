import { compileCoverage, coverageState, type Coverage } from '../../domain/coverage/coverage.js';
import { businessHours } from '../../domain/coverage/default-coverages.js';
import type { CoverageContent } from '../../domain/change/content.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import { earliest, type Instant } from '../../domain/shared/instant.js';
import type { Period } from '../../domain/shared/mark.js';
import type { Terms } from '../../domain/terms/terms.js';
import { isDefaultCoverage } from '../organization/default-coverage.js';
import type { PublicHolidays } from '../ports/public-holidays.js';
import { commitmentFor } from '../../domain/binding/bind.js';
import type { MatrixReader, OrganizationMatrix } from './matrix-reader.js';
import type { PointInTime } from './points-in-time.js';
import type { ChannelState, CoverageState } from './views.js';

export interface CoverageAnswer {
  readonly state: CoverageState;
  /** How long this holds: until the coverage opens, closes, or another version of it binds; null: for good. */
  readonly until: Instant | null;
  readonly inWords: string;
}

export interface ChannelAnswer {
  readonly state: ChannelState;
  /** As of a coverage. */
  readonly until: Instant | null;
}

interface CoverageInForce {
  readonly content: CoverageContent;
  readonly isDefault: boolean;
}

/** Whether coverages are open; compiles each version once. */
export class CoverageReader {
  private readonly compiled = new WeakMap<CoverageContent, Coverage>();
  /** What counts where an organization has no coverage of that name. */
  readonly fallback = businessHours('Europe/Berlin');

  constructor(
    private readonly matrix: MatrixReader,
    private readonly holidays: PublicHolidays,
  ) {}

  /** The coverage's content in force; null when the organization has none of that name then. */
  async content(
    orgId: string,
    matrix: OrganizationMatrix,
    key: string,
    { at, known }: PointInTime,
  ): Promise<CoverageContent | null> {
    return (await this.inForce(orgId, matrix, key, at, known))?.content ?? null;
  }

  async state(
    orgId: string,
    matrix: OrganizationMatrix,
    key: string,
    { at, known }: PointInTime,
  ): Promise<CoverageAnswer> {
    const own = await this.inForce(orgId, matrix, key, at, known);
    const content = own?.content ?? this.fallback;
    const { open, nextChangeAt: ofTheseHours } = coverageState(this.compile(content), at);
    const turns = turnsAfter(matrix.coverages.get(identifierKey(key))?.timeline.segments(known) ?? [], at);
    let nextChangeAt = ofTheseHours;
    for (const turn of turns) {
      if (nextChangeAt !== null && nextChangeAt <= turn) break;
      // Other hours count from there, which may be open where these are closed.
      const next = (await this.inForce(orgId, matrix, key, turn, known))?.content ?? this.fallback;
      const state = coverageState(this.compile(next), turn);
      nextChangeAt = state.open === open ? state.nextChangeAt : turn;
    }
    const change = nextChangeAt === null ? 'always' : `until ${nextChangeAt}`;
    return {
      state: { key, open, nextChangeAt, timeZone: content.timeZone },
      until: earliest(nextChangeAt, turns[0] ?? null),
      inWords: `${inWords(key, own)} is ${open ? 'open' : 'closed'} at that instant, ${change}.`,
    };
  }

  /** Whether a channel is promised (for the priority asked for), and open at the instant. */
  async channel(
    orgId: string,
    matrix: OrganizationMatrix,
    terms: Terms,
    channel: string,
    priority: string | undefined,
    point: PointInTime,
  ): Promise<ChannelAnswer> {
    const key = identifierKey(channel);
    const promise = terms.channels.find(
      (candidate) =>
        identifierKey(candidate.channel) === key &&
        (priority === undefined ||
          !candidate.priorities ||
          candidate.priorities.some((name) => identifierKey(name) === identifierKey(priority))),
    );
    if (!promise) return { state: { channel, promised: false, openNow: false }, until: null };
    // A channel without hours of its own keeps those of the commitment asked for, else of the first.
    const commitment = priority === undefined ? terms.commitments[0] : commitmentFor(terms, priority);
    const coverage = promise.coverage ?? commitment?.coverage;
    if (coverage === undefined)
      return { state: { channel: promise.channel, promised: true, openNow: true }, until: null };
    const { state, until } = await this.state(orgId, matrix, coverage, point);
    return { state: { channel: promise.channel, promised: true, openNow: state.open }, until };
  }

  private async inForce(
    orgId: string,
    { coverages }: OrganizationMatrix,
    key: string,
    at: Instant,
    known: Instant | undefined,
  ): Promise<CoverageInForce | null> {
    const subject = coverages.get(identifierKey(key));
    const mark = subject?.timeline.at(at, known);
    if (!subject || !mark) return null;
    const { version } = await this.matrix.version(orgId, 'COVERAGE', subject.document.key, mark);
    const { content } = version;
    return 'windows' in content ? { content, isDefault: isDefaultCoverage(version) } : null;
  }

  private compile(content: CoverageContent): Coverage {
    let coverage = this.compiled.get(content);
    if (!coverage) {
      coverage = compileCoverage(content, this.holidays);
      this.compiled.set(content, coverage);
    }
    return coverage;
  }
}

/** Every instant after another at which a version begins or ends, in order. */
const turnsAfter = (segments: readonly Period[], at: Instant): readonly Instant[] =>
  [...new Set(segments.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))].filter(
    (turn) => turn > at,
  );

const inWords = (key: string, coverage: CoverageInForce | null): string => {
  if (!coverage) return `${key} is not defined then; the default, Mon–Fri 09:00–17:00 Europe/Berlin,`;
  return coverage.isDefault ? `${key}, a default that nobody has changed,` : key;
};
