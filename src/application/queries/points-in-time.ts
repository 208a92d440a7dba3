import {
  isDate,
  endOfDay,
  epochOf,
  instantOf,
  type Instant,
  type LocalDate,
} from '../../domain/shared/instant.js';
import type { OrganizationReader } from '../organization/organization-reader.js';
import type { Clock } from '../ports/clock.js';

/** Both axes of a question, settled. */
export interface PointInTime {
  readonly at: Instant;
  /** When the knowledge is from. */
  readonly knownAt: Instant;
  /** `knownAt` when it was asked for and lies in the past; absent: everything recorded is known. */
  readonly known?: Instant;
  /** What was settled on the caller's behalf, in words. */
  readonly notes: readonly string[];
}

/** The zone of an organization that has set none. */
export const DEFAULT_TIME_ZONE = 'Europe/Berlin';

/** Settles what a caller left out: now, and for a date without a time the end of that day in the organization's zone. */
export class PointsInTime {
  constructor(
    private readonly clock: Clock,
    private readonly organizations: OrganizationReader,
  ) {}

  now(): Instant {
    return this.clock.now();
  }

  present(): PointInTime {
    const now = this.now();
    return { at: now, knownAt: now, notes: [] };
  }

  async timeZoneOf(orgId: string): Promise<string> {
    return (await this.organizations.find(orgId))?.timeZone ?? DEFAULT_TIME_ZONE;
  }

  async settle(
    orgId: string,
    at: Instant | LocalDate | undefined,
    knownAt: Instant | LocalDate | undefined,
  ): Promise<PointInTime> {
    if (at === undefined && knownAt === undefined) return this.present();
    const now = this.clock.now();
    const notes: string[] = [];
    const effective = at === undefined ? now : await this.instant(orgId, at, notes);
    const recorded = knownAt === undefined ? now : await this.instant(orgId, knownAt, notes);
    // What will be known tomorrow is not known yet.
    if (recorded >= now) return { at: effective, knownAt: now, notes };
    return { at: effective, knownAt: recorded, known: recorded, notes };
  }

  private async instant(orgId: string, text: Instant | LocalDate, notes: string[]): Promise<Instant> {
    if (!isDate(text)) return text;
    const timeZone = await this.timeZoneOf(orgId);
    const instant = instantOf(epochOf(endOfDay(text, timeZone)) - 1);
    notes.push(`${text} without a time means the end of that day in ${timeZone}: ${instant}.`);
    return instant;
  }
}
