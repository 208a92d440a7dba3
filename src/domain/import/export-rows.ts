import type { ContractContent, TierTermsContent } from '../change/content.js';
import type { ChannelPromise } from '../terms/terms.js';
import { identifierKey } from '../shared/identifier.js';
import { writeChannel, writeListCell } from './list-cell.js';
import { writtenAmount } from './sheet-number.js';

/** One value of an export; what is absent is an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/** The reference sheet as the product writes it; an import of it changes nothing. */
export const CUSTOMER_HEADINGS = [
  'customer_id',
  'customer_name',
  'contract_id',
  'contract_tier',
  'mapped_tier',
  'starts_on',
  'ends_on',
  'annual_value',
  'currency',
  'csm_email',
  'seats',
] as const;

export interface ExportedCustomer {
  readonly customerId: string;
  readonly name: string | null;
  readonly mappedTier: string | null;
  /** One record per contract, what is the customer's own in the first alone; none: one record with the mapping. */
  readonly contracts: readonly ContractContent[];
}

export const customerRows = ({
  customerId,
  name,
  mappedTier,
  contracts,
}: ExportedCustomer): readonly (readonly Cell[])[] =>
  (contracts.length === 0 ? [null] : contracts).map((contract, index) => [
    customerId,
    index === 0 ? name : null,
    contract?.contractId,
    contract?.tier,
    index === 0 ? mappedTier : null,
    contract?.startsOn,
    contract?.endsOn,
    contract?.annualValue === undefined ? null : writtenAmount(contract.annualValue),
    contract?.currency,
    contract?.csmEmail,
    contract?.seats,
  ]);

/** The matrix as the product writes it: one record per tier and priority; an import of it changes nothing. */
export const MATRIX_HEADINGS = [
  'tier',
  'rank',
  'tier_name',
  'priority',
  'first_response',
  'next_update',
  'resolution',
  'coverage',
  'channels',
  'uptime_percent',
  'achievement_percent',
  'credit_percent_per_breach',
  'credit_monthly_cap_percent',
  'features',
  'notes',
] as const;

const NOT_PROMISED = 'N/A';

export const matrixRows = ({ key, name, rank, terms }: TierTermsContent): readonly (readonly Cell[])[] =>
  terms.commitments.map(({ priority, firstResponse, nextUpdate, resolution, coverage }) => [
    key,
    rank,
    name,
    priority,
    firstResponse ?? NOT_PROMISED,
    nextUpdate ?? NOT_PROMISED,
    resolution ?? NOT_PROMISED,
    coverage,
    writeListCell(terms.channels.filter((channel) => isFor(channel, priority)).map(channelCell)),
    terms.uptimePercent,
    terms.achievementPercent,
    terms.credits?.percentPerBreach,
    terms.credits?.monthlyCapPercent,
    writeListCell(terms.features),
    terms.notes,
  ]);

const isFor = ({ priorities }: ChannelPromise, priority: string): boolean =>
  !priorities || priorities.some((other) => identifierKey(other) === identifierKey(priority));

const channelCell = ({ channel, coverage }: ChannelPromise): string =>
  writeChannel({ channel, ...(coverage ? { coverage } : {}) });
