import { compileCoverage, coverageState, type Coverage } from '../../domain/coverage/coverage.js';
import { businessHours } from '../../domain/coverage/default-coverages.js';
import type { CoverageContent } from '../../domain/change/content.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import { earliest, type Instant } from '../../domain/shared/instant.js';
import type { Terms } from '../../domain/terms/terms.js';
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
    const subject = matrix.coverages.get(identifierKey(key));
    const mark = subject?.timeline.at(at, known);
    if (!subject || !mark) return null;
    const content = (await this.matrix.version(orgId, 'COVERAGE', subject.document.key, mark)).version
      .content;
    return 'windows' in content ? content : null;
  }

  async state(
    orgId: string,
    matrix: OrganizationMatrix,
    key: string,
    point: PointInTime,
  ): Promise<CoverageAnswer> {
    const own = await this.content(orgId, matrix, key, point);
    const content = own ?? this.fallback;
    const versions = matrix.coverages.get(identifierKey(key))?.timeline;
    const turns = versions?.segments(point.known).find(({ from }) => from > point.at)?.from ?? null;
    const { open, nextChangeAt } = coverageState(this.compile(content), point.at);
    const change = nextChangeAt === null ? 'always' : `until ${nextChangeAt}`;
    const name = own ? key : `${key} is not defined then; the default, Mon–Fri 09:00–17:00 Europe/Berlin,`;
    return {
      state: { key, open, nextChangeAt, timeZone: content.timeZone },
      until: earliest(nextChangeAt, turns),
      inWords: `${name} is ${open ? 'open' : 'closed'} at that instant, ${change}.`,
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

  private compile(content: CoverageContent): Coverage {
    let coverage = this.compiled.get(content);
    if (!coverage) {
      coverage = compileCoverage(content, this.holidays);
      this.compiled.set(content, coverage);
    }
    return coverage;
  }
}
