import type {
  ContractContent,
  RemapContent,
  TierTermsContent,
  WaiverContent,
} from '../../src/domain/change/content.js';
import type { Instant } from '../../src/domain/shared/instant.js';
import { CONTRACTS, TIERS, ZONES, type Step } from './histories.js';

/**
 * The domain's own words, read as plainly as they can be: every answer is a walk over all that was ever approved. Shares no
 * code with the product, calendar included.
 */
export class NaiveAnswers {
  private ends: readonly Instant[] | null = null;

  constructor(private readonly steps: readonly Step[]) {}

  /** "Of the versions known then whose period holds the instant, the one with the latest start; of two, the later recorded." */
  private binding(of: (step: Step) => boolean, at: Instant, known: Instant): Step | undefined {
    return this.steps
      .filter(of)
      .filter(
        ({ recordedAt, effectiveFrom, effectiveUntil }) =>
          recordedAt <= known && effectiveFrom <= at && (effectiveUntil === undefined || at < effectiveUntil),
      )
      .reduce<Step | undefined>(
        (best, step) => (best && best.effectiveFrom > step.effectiveFrom ? best : step),
        undefined,
      );
  }

  /** Counted within the subject, as versions are. */
  numberOf(step: Step): number {
    const { kind, id } = step.subject;
    return this.steps.filter(({ subject }) => subject.kind === kind && subject.id === id).indexOf(step) + 1;
  }

  tier(key: string, at: Instant, known: Instant): { number: number; content: TierTermsContent } | null {
    const step = this.binding(({ subject }) => subject.kind === 'TIER' && subject.id === key, at, known);
    return step?.kind === 'TIER_TERMS'
      ? { number: this.numberOf(step), content: step.content as TierTermsContent }
      : null;
  }

  /** `gold 3, silver 1`: tiers in force with their versions, the better first. */
  matrix(at: Instant, known: Instant): readonly string[] {
    return TIERS.flatMap((key) => {
      const tier = this.tier(key, at, known);
      return tier ? [`${key} ${tier.number}`] : [];
    });
  }

  /** Number of the version of a tier that binds, retirements too; null: none. */
  versionOf(key: string, at: Instant, known: Instant): number | null {
    const step = this.binding(({ subject }) => subject.kind === 'TIER' && subject.id === key, at, known);
    return step ? this.numberOf(step) : null;
  }

  private facts(customerId: string, at: Instant, known: Instant) {
    const mapping = this.binding(
      ({ kind, subject }) => kind === 'REMAP' && subject.id === customerId,
      at,
      known,
    )?.content as RemapContent | undefined;
    const active = Object.entries(CONTRACTS)
      .filter(([, of]) => of === customerId)
      .map(
        ([id]) =>
          this.binding(({ subject }) => subject.id === id, at, known)?.content as ContractContent | undefined,
      )
      .filter((content) => content !== undefined)
      .filter(({ startsOn, endsOn, timeZone }) => {
        const today = localDate(at, timeZone!);
        return startsOn <= today && (endsOn === undefined || today <= endsOn);
      });
    return { mapping, active };
  }

  isKnown(customerId: string, known: Instant): boolean {
    return this.steps.some((step) => step.recordedAt <= known && customerOf(step) === customerId);
  }

  /** From when on there is something to contradict itself. */
  private hasBegun(customerId: string, at: Instant, known: Instant): boolean {
    return this.steps.some(
      (step) => step.recordedAt <= known && customerOf(step) === customerId && step.effectiveFrom <= at,
    );
  }

  /** `gold 3 TIER`, or the kind of exception, or `unknown`. */
  lookup(customerId: string, at: Instant, known: Instant): string {
    return this.isKnown(customerId, known) ? this.promise(customerId, at, known).said : 'unknown';
  }

  /** How a customer's facts contradict one another, waived or not; null: they agree. */
  private own(customerId: string, at: Instant, known: Instant) {
    const { mapping, active } = this.facts(customerId, at, known);
    const primary = active.filter((contract) => contract.primary);
    const one = active.length === 1 ? active[0] : primary.length === 1 ? primary[0] : undefined;
    const own =
      active.length === 0
        ? 'NO_ACTIVE_CONTRACT'
        : !one
          ? 'AMBIGUOUS_CONTRACTS'
          : one.overrides
            ? null
            : !mapping
              ? 'UNMAPPED'
              : mapping.toTier !== one.tier
                ? 'TIER_MISMATCH'
                : null;
    return { own, mapping, one };
  }

  /** From one instant to another: both, and all between at which anything that was ever approved begins or ends. */
  private turns(from: Instant, to: Instant): readonly Instant[] {
    this.ends ??= this.steps.flatMap(({ content, effectiveFrom, effectiveUntil }) => {
      const ends = [effectiveFrom, effectiveUntil ?? effectiveFrom];
      if (!('startsOn' in content)) return ends;
      const { startsOn, endsOn, timeZone } = content;
      return [
        ...ends,
        firstOf(startsOn, timeZone!),
        endsOn ? firstOf(dayAfter(endsOn), timeZone!) : effectiveFrom,
      ];
    });
    return [from, ...this.ends.filter((end) => from < end && end < to), to];
  }

  private promise(customerId: string, at: Instant, known: Instant) {
    const { own, mapping, one } = this.own(customerId, at, known);
    const approved = this.binding(
      ({ kind, subject }) => kind === 'WAIVER' && subject.id === customerId,
      at,
      known,
    );
    const waiver = approved?.content as WaiverContent | undefined;
    const side = waiver?.binds === 'MAPPED_TIER' ? mapping?.toTier : one?.tier;
    const waived =
      own !== null &&
      waiver?.exceptionId.startsWith(`${own}~`) === true &&
      side !== undefined &&
      this.turns(approved!.effectiveFrom, at).every((then) => this.own(customerId, then, known).own === own);
    if (own !== null && !waived) return { said: own, waived, own, commitments: [] };
    const key = waived ? side : one!.tier;
    const tier = this.tier(key, at, known);
    const overrides = waived ? undefined : one?.overrides;
    if (!tier && !overrides) return { said: 'UNKNOWN_TIER', waived, own, commitments: [] };
    const commitments = new Map(
      [...(tier?.content.terms.commitments ?? []), ...(overrides?.commitments ?? [])].map((c) => [
        c.priority,
        c,
      ]),
    );
    const source = waived ? 'WAIVER' : overrides ? 'CONTRACT_OVERRIDE' : 'TIER';
    const said = `${key} ${source} ${[...commitments.values()]
      .map((c) => `${c.priority}:${c.firstResponse ?? ''}`)
      .sort()
      .join()}`;
    return { said, waived, own, tier: key, inForce: tier !== null, commitments: [...commitments.keys()] };
  }

  /** `C-1 TIER_MISMATCH OPEN`: everybody whose facts contradict one another, and those whose tier leaves a gap. */
  exceptions(at: Instant, known: Instant): readonly string[] {
    const customers = new Set(Object.values(CONTRACTS));
    const inUse = new Set(
      TIERS.flatMap((key) => this.tier(key, at, known)?.content.terms.commitments ?? []).map(
        (c) => c.priority,
      ),
    );
    return [...customers].flatMap((id) => {
      if (!this.isKnown(id, known) || !this.hasBegun(id, at, known)) return [];
      const { said, waived, own, inForce, commitments } = this.promise(id, at, known);
      if (own !== null && !waived) return [`${id} ${own} OPEN`];
      const settled = waived ? [`${id} ${own ?? ''} WAIVED`] : [];
      if (said === 'UNKNOWN_TIER') return [...settled, `${id} UNKNOWN_TIER OPEN`];
      const gap = inForce === true && [...inUse].some((priority) => !commitments.includes(priority));
      return gap ? [...settled, `${id} INCOMPLETE_TERMS OPEN`] : settled;
    });
  }
}

const customerOf = ({ content }: Step): string | undefined =>
  'customerId' in content
    ? content.customerId
    : 'exceptionId' in content
      ? content.exceptionId.split('~').at(-1)!.toUpperCase()
      : undefined;

const formats = new Map<string, Intl.DateTimeFormat>(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }),
  ]),
);
/** The calendar date on the wall in a zone, from another implementation than the product's. */
const localDate = (instant: Instant, zone: string): string => formats.get(zone)!.format(Date.parse(instant));

const QUARTER = 900_000;
const DAY = 86_400_000;
const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);

const firsts = new Map<string, Instant>();
/** The first instant of a day, or of the next one where a zone leaves it out; found by looking at every quarter of an hour. */
const firstOf = (day: string, zone: string): Instant => {
  const key = `${day} ${zone}`;
  let first = firsts.get(key);
  for (let at = Date.parse(day) - DAY; first === undefined; at += QUARTER) {
    const instant = new Date(at).toISOString();
    if (localDate(instant, zone) >= day) first = instant;
  }
  firsts.set(key, first);
  return first;
};
