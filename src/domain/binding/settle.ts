import type { Terms } from '../terms/terms.js';
import {
  commitmentFor,
  commitmentInWords,
  contradictionInWords,
  withOverrides,
  type Outcome,
  type TierInForce,
} from './bind.js';
import type { ExceptionRule } from './exception-rule.js';
import type { ActiveContract } from './marks.js';
import type { Standing } from './standing.js';
import { strictest, type CoverageOf, type Side } from './stricter.js';

/** What an active contract promises: its tier, and its own terms where it overrides. */
export interface ContractPromise {
  readonly contract: ActiveContract;
  /** null: not in force */
  readonly tier: TierInForce | null;
  readonly overrides: Terms | null;
}

/** The promises that a standing's facts are about, in force at the same instant. */
export interface PromisesAtOdds {
  readonly mapped: TierInForce | null;
  readonly contracts: readonly ContractPromise[];
  readonly coverageOf: CoverageOf;
}

interface RankedSide extends Side {
  readonly tier: string;
  readonly rank: number;
  /** The contract whose version is shown where its tier is not in force. */
  readonly contract: ActiveContract | null;
}

/**
 * What the organization's rule makes of facts that contradict one another; null: it refuses, and the exception is the answer.
 *
 * - TIER_MISMATCH: STRICTER takes the stricter of mapped and contracted tier, CONTRACT_WINS the contracted one.
 * - AMBIGUOUS_CONTRACTS: STRICTER takes the strictest of all active contracts; that a contract wins does not say which.
 * - UNMAPPED: CONTRACT_WINS takes the contract's tier. STRICTER refuses: there is one promise and nothing to compare it
 *   with, and to call that the stricter of both would hide that nobody has said how the customer is treated.
 * - NO_ACTIVE_CONTRACT is always refused, and so is whatever needs a tier that is not in force.
 *
 * @param priority asked for; absent: the whole terms
 */
export const settle = (
  standing: Standing,
  at: PromisesAtOdds,
  rule: ExceptionRule,
  priority?: string,
): Outcome | null => {
  if (rule === 'REFUSE' || !standing.exception) return null;
  const sides = sidesOf(standing, at, rule);
  if (!sides) return null;
  // The better tier first: it counts where neither promise is stricter.
  const ranked = [...sides].sort((a, b) => b.rank - a.rank);
  const best = ranked[0]!;
  const { terms, steps } =
    rule === 'STRICTER' ? strictest(ranked, at.coverageOf) : { terms: best.terms, steps: [] };
  const explanation = [...contradictionInWords(standing), RULES[rule], ...steps];
  const commitment = priority === undefined ? null : commitmentFor(terms, priority);
  if (priority !== undefined && !commitment) {
    const said = [...explanation, `None of them has a commitment for the priority ${priority}.`];
    return { type: 'EXCEPTION', kind: standing.exception, explanation: said, unpromised: priority };
  }
  if (commitment) explanation.push(commitmentInWords(commitment));
  explanation.push(`The exception ${standing.exception} stays open until the facts agree.`);
  return {
    type: 'BINDING',
    source: rule === 'STRICTER' ? 'STRICTER_OF_BOTH' : 'CONTRACT_WINS',
    tier: best.tier,
    contract: best.contract,
    terms,
    commitment,
    explanation,
  };
};

/** Whose promises the rule compares, or the one it takes; null: there is nothing it could take. */
const sidesOf = (
  { exception, contract }: Standing,
  { mapped, contracts }: PromisesAtOdds,
  rule: Exclude<ExceptionRule, 'REFUSE'>,
): readonly RankedSide[] | null => {
  const contracted = contracts.find((promise) => promise.contract.key === contract?.key);
  const ofContract = contracted ? contractSide(contracted) : null;
  switch (exception) {
    case 'TIER_MISMATCH':
      if (rule === 'CONTRACT_WINS') return ofContract && [ofContract];
      return mapped && ofContract ? [mappedSide(mapped), ofContract] : null;
    case 'UNMAPPED':
      return rule === 'CONTRACT_WINS' && ofContract ? [ofContract] : null;
    case 'AMBIGUOUS_CONTRACTS': {
      const all = contracts.map(contractSide).filter((side) => side !== null);
      return rule === 'STRICTER' && all.length === contracts.length ? all : null;
    }
    case 'NO_ACTIVE_CONTRACT':
    case null:
      return null;
  }
};

const mappedSide = ({ key, name, rank, terms }: TierInForce): RankedSide => ({
  name: `the mapped tier ${name}`,
  tier: key,
  rank,
  terms,
  contract: null,
});

/** Null where neither the tier is in force nor the contract has terms of its own. */
const contractSide = ({ contract, tier, overrides }: ContractPromise): RankedSide | null => {
  if (!tier && !overrides) return null;
  return {
    name: `contract ${contract.contractId} with the tier ${tier?.name ?? contract.mark.tier}`,
    tier: tier?.key ?? contract.mark.tier,
    rank: tier?.rank ?? -Infinity,
    terms: withOverrides(tier?.terms ?? null, overrides),
    contract: tier ? null : contract,
  };
};

const RULES: Readonly<Record<Exclude<ExceptionRule, 'REFUSE'>, string>> = {
  STRICTER: 'The organization answers such exceptions with the stricter of both, commitment by commitment.',
  CONTRACT_WINS: 'The organization answers such exceptions with what the contract says.',
};
