import type { BindingSla, Commitment, SlaException, Terms } from '../../application/queries/views.js';
import { table } from '../output.js';

/** An answer for people: the promise first, then whose word it is, then how it came about. */
export const lookupText = (answer: BindingSla | SlaException): string =>
  answer.type === 'BindingSla' ? bindingText(answer) : exceptionText(answer);

const bindingText = (answer: BindingSla): string => {
  const { customerId, contractId, tier, source, terms, commitment, coverage, channel, version } = answer;
  const state = coverage
    ? `Coverage ${coverage.key} (${coverage.timeZone}) is ${openOrClosed(coverage.open)}${
        coverage.nextChangeAt ? ` until ${coverage.nextChangeAt}` : ''
      }.`
    : '';
  const reach = channel
    ? `Channel ${channel.channel} is ${
        channel.promised ? `promised, and ${openOrClosed(channel.openNow)} at that instant` : 'not promised'
      }.`
    : '';
  return paragraphs(
    `${customerId ?? contractId ?? ''}: ${tier}, from ${SOURCE[source]}`,
    commitments(commitment ? [commitment] : terms.commitments),
    [state, reach, ...(commitment ? [] : extras(terms))].filter(Boolean).join('\n'),
    [
      `Version ${version.number}, in force from ${version.effectiveFrom}${
        version.effectiveTo ? ` to ${version.effectiveTo}` : ''
      }.`,
      `Proposed by ${version.proposedBy}; approved by ${version.approvedBy.join(', ')}${
        version.selfApproved ? ' (their own proposal)' : ''
      }; recorded ${version.recordedAt}${version.backdated ? ', backdated' : ''}.`,
    ].join('\n'),
    why(answer.explanation),
  );
};

const exceptionText = (answer: SlaException): string =>
  paragraphs(
    `${answer.customerId ?? answer.contractId ?? ''}: no single promise can be named (${answer.kind}, ${answer.status.toLowerCase()})`,
    `Since ${answer.since}${answer.until ? `, until ${answer.until}` : ''}.`,
    ...answer.candidates.map(
      ({ tier, source, terms }) =>
        `Either ${tier}, from ${SOURCE[source]}:\n${terms ? commitments(terms.commitments) : 'not in force'}`,
    ),
    `To resolve it: ${answer.resolution}`,
    why(answer.explanation),
  );

const SOURCE: Readonly<Record<BindingSla['source'], string>> = {
  TIER: 'the tier',
  CONTRACT_OVERRIDE: 'the contract',
  WAIVER: 'a waiver',
  INBOX_DEFAULT: "the inbox's default",
  STRICTER_OF_BOTH: 'the stricter of both tiers',
  CONTRACT_WINS: "the contract's tier",
};

const NOT_PROMISED = 'not promised';

const commitments = (promised: readonly Commitment[]): string =>
  table(
    ['PRIORITY', 'FIRST RESPONSE', 'NEXT UPDATE', 'RESOLUTION', 'COVERAGE'],
    promised.map(({ priority, firstResponse, nextUpdate, resolution, coverage }) => [
      priority,
      firstResponse ?? NOT_PROMISED,
      nextUpdate ?? NOT_PROMISED,
      resolution ?? NOT_PROMISED,
      coverage,
    ]),
  );

const extras = ({ channels, uptimePercent, credits, features }: Terms): readonly string[] => [
  channels.length > 0 ? `Channels: ${channels.map(({ channel }) => channel).join(', ')}.` : '',
  uptimePercent === undefined ? '' : `Uptime: ${uptimePercent} %.`,
  credits
    ? `Credits: ${credits.percentPerBreach} % per breach, ${credits.monthlyCapPercent} % a month at most.`
    : '',
  features.length > 0 ? `Features: ${features.join(', ')}.` : '',
];

const why = (explanation: readonly string[]): string =>
  explanation.length === 0 ? '' : `Why:\n${explanation.map((step) => `  - ${step}`).join('\n')}`;

const openOrClosed = (open: boolean): string => (open ? 'open' : 'closed');

const paragraphs = (...parts: readonly string[]): string => parts.filter(Boolean).join('\n\n');
