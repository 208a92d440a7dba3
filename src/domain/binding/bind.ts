import { identifierKey } from '../shared/identifier.js';
import type { Commitment, Terms } from '../terms/terms.js';
import type { ExceptionKind } from './exception-kind.js';
import type { ActiveContract, WaiverMark } from './marks.js';
import type { Standing } from './standing.js';

export type PromiseSource =
  'TIER' | 'CONTRACT_OVERRIDE' | 'WAIVER' | 'INBOX_DEFAULT' | 'STRICTER_OF_BOTH' | 'CONTRACT_WINS';

/** A tier in a version that is in force. */
export interface TierInForce {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  readonly terms: Terms;
  readonly versionNumber: number;
}

/** What the standing's facts are about, in force at the same instant. */
export interface PromisesAtHand {
  readonly mapped: TierInForce | null;
  readonly contracted: TierInForce | null;
  /** The active contract's own terms, where it overrides. */
  readonly overrides: Terms | null;
}

export type Outcome =
  | {
      readonly type: 'BINDING';
      readonly source: PromiseSource;
      /** The tier that the answer names. */
      readonly tier: string;
      readonly terms: Terms;
      readonly commitment: Commitment | null;
      /** The contract whose own version is to be shown; null: the tier's. */
      readonly contract: ActiveContract | null;
      readonly explanation: readonly string[];
    }
  | {
      readonly type: 'EXCEPTION';
      readonly kind: ExceptionKind;
      readonly explanation: readonly string[];
      /** The priority asked for, where nobody promises anything for it. */
      readonly unpromised?: string;
    };

/**
 * Which promise binds: an approved waiver, else the contract's own terms, else the tier that contract and mapping
 * agree on. Facts that contradict one another give the exception instead.
 *
 * @param priority asked for; absent: the whole terms
 */
export const bind = (standing: Standing, at: PromisesAtHand, priority?: string): Outcome => {
  if (standing.exception)
    return { type: 'EXCEPTION', kind: standing.exception, explanation: contradictionInWords(standing) };
  const steps = factsInWords(standing);

  const waived = standing.waiver?.binds === 'MAPPED_TIER' ? at.mapped : at.contracted;
  const tier = standing.waiver ? waived : (at.contracted ?? null);
  const named = sideOf(standing);
  const source = standing.waiver ? 'WAIVER' : at.overrides ? 'CONTRACT_OVERRIDE' : 'TIER';
  if (standing.waiver) steps.push(waiverInWords(standing.waiver, named));
  if (!tier && !at.overrides) {
    const explanation = [...steps, `The tier ${named ?? ''} is not in force: it has no approved terms then.`];
    return { type: 'EXCEPTION', kind: 'UNKNOWN_TIER', explanation };
  }
  if (tier) steps.push(`Tier ${tier.name} (${tier.key}) is in force in version ${tier.versionNumber}.`);
  const overrides = standing.waiver ? null : at.overrides;
  if (overrides)
    steps.push(`Contract ${standing.contract?.contractId ?? ''} overrides the tier with terms of its own.`);
  const terms = withOverrides(tier?.terms ?? null, overrides);
  const binding = {
    type: 'BINDING' as const,
    source: source as PromiseSource,
    tier: tier?.key ?? named ?? '',
    contract: source === 'CONTRACT_OVERRIDE' ? standing.contract : null,
    terms,
  };
  if (priority === undefined) return { ...binding, commitment: null, explanation: steps };

  const commitment = commitmentFor(terms, priority);
  if (!commitment) {
    const explanation = [...steps, `${binding.tier} has no commitment for the priority ${priority}.`];
    return { type: 'EXCEPTION', kind: 'INCOMPLETE_TERMS', explanation, unpromised: priority };
  }
  return { ...binding, commitment, explanation: [...steps, commitmentInWords(commitment)] };
};

export const commitmentFor = (terms: Terms, priority: string): Commitment | null => {
  const key = identifierKey(priority);
  return terms.commitments.find((commitment) => identifierKey(commitment.priority) === key) ?? null;
};

/**
 * The priorities a tier ought to have a commitment for: those of every tier in force that shares a priority's name
 * with it. Tiers that speak another language of priorities (Critical/High beside P0/P1) ask nothing of one another.
 */
export const prioritiesInUse = (terms: Terms, others: readonly Terms[]): readonly string[] => {
  const own = new Set(terms.commitments.map(({ priority }) => identifierKey(priority)));
  const inUse = new Map<string, string>();
  for (const { priority } of terms.commitments) inUse.set(identifierKey(priority), priority);
  for (const { commitments } of others) {
    if (!commitments.some(({ priority }) => own.has(identifierKey(priority)))) continue;
    for (const { priority } of commitments)
      if (!inUse.has(identifierKey(priority))) inUse.set(identifierKey(priority), priority);
  }
  return [...inUse.values()];
};

/** The tier's terms with what the contract says instead: commitment by commitment, the rest field by field. */
export const withOverrides = (tier: Terms | null, overrides: Terms | null): Terms => {
  if (!overrides) return tier!;
  if (!tier) return overrides;
  const own = new Map(
    overrides.commitments.map((commitment) => [identifierKey(commitment.priority), commitment]),
  );
  const merged = tier.commitments.map((commitment) => {
    const key = identifierKey(commitment.priority);
    const override = own.get(key);
    own.delete(key);
    return override ?? commitment;
  });
  return {
    commitments: [...merged, ...own.values()],
    channels: overrides.channels.length > 0 ? overrides.channels : tier.channels,
    features: overrides.features.length > 0 ? overrides.features : tier.features,
    uptimePercent: overrides.uptimePercent ?? tier.uptimePercent ?? null,
    achievementPercent: overrides.achievementPercent ?? tier.achievementPercent ?? null,
    credits: overrides.credits ?? tier.credits ?? null,
    notes: overrides.notes ?? tier.notes ?? null,
  };
};

const factsInWords = ({ mapping, active, contract }: Standing): string[] => {
  const steps = active.map(({ contractId, mark }) => {
    const until = mark.endsOn === undefined ? 'without an end' : `to the end of ${mark.endsOn}`;
    return `Contract ${contractId} (version ${mark.number}) is active, from ${mark.startsOn} ${until} in ${mark.timeZone}, and contracts the tier ${mark.tier}.`;
  });
  if (active.length === 0) steps.push('No contract is active at that instant.');
  if (active.length > 1 && contract) steps.push(`Of these ${contract.contractId} is the primary one.`);
  steps.push(
    mapping
      ? `The customer is mapped to the tier ${mapping.tier} (version ${mapping.number}).`
      : 'The customer is not mapped to a tier.',
  );
  return steps;
};

/** The facts, and why they name no single promise; where a waiver names the side that binds, that too. */
export const contradictionInWords = (standing: Standing): readonly string[] => {
  const { contradiction, waiver } = standing;
  const steps = factsInWords(standing);
  if (contradiction) steps.push(WHY[contradiction]);
  if (waiver) steps.push(waiverInWords(waiver, sideOf(standing)));
  return steps;
};

/** The tier that the waiver, or else the contract, names. */
const sideOf = ({ waiver, mapping, contract }: Standing): string | undefined =>
  waiver?.binds === 'MAPPED_TIER' ? mapping!.tier : contract?.mark.tier;

const waiverInWords = ({ number, effectiveUntil, binds }: WaiverMark, tier: string | undefined): string =>
  `Waiver, version ${number}: until ${effectiveUntil ?? 'further notice'} the ${
    binds === 'MAPPED_TIER' ? 'mapped' : 'contracted'
  } tier ${tier ?? ''} binds.`;

const WHY = {
  TIER_MISMATCH: 'The mapped tier is not the contracted one, so no single promise can be named.',
  NO_ACTIVE_CONTRACT: 'Without an active contract nothing is promised.',
  UNMAPPED: 'There is a contract, but nobody has said which tier the customer is treated as.',
  AMBIGUOUS_CONTRACTS: 'Several contracts are active and none is marked as the one primary contract.',
} as const;

export const commitmentInWords = ({
  priority,
  firstResponse,
  nextUpdate,
  resolution,
  coverage,
}: Commitment): string => {
  const promised = (what: string, target: string | null) => `${what} ${target ?? 'not promised'}`;
  const targets = [
    promised('first response', firstResponse),
    ...(nextUpdate === null ? [] : [promised('next update', nextUpdate)]),
    promised('resolution', resolution),
  ];
  return `${priority}: ${targets.join(', ')}; only time inside the coverage ${coverage} counts.`;
};
