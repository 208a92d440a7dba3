import type { Organization } from './new-organization.js';

const commitment = (
  priority: string,
  firstResponse: string,
  resolution: string | null,
  coverage: string,
) => ({
  priority,
  firstResponse,
  resolution,
  coverage,
});

/** Terms for P0 to P3, `hours` to resolve the most urgent. */
export const terms = (hours = 4, more: Readonly<Record<string, unknown>> = {}) => ({
  commitments: [
    commitment('P0', '15m', `${hours}h`, '24x7'),
    commitment('P1', '1h', `${hours * 2}h`, '24x5'),
    commitment('P2', '4h', '5d', 'business-hours'),
    commitment('P3', '1d', null, 'business-hours'),
  ],
  channels: [{ channel: 'email' }, { channel: 'phone', priorities: ['P0'], coverage: '24x7' }],
  features: [],
  ...more,
});

export const tier = (key: string, rank = 1, hours = 4) => ({
  key,
  name: `Tier ${key}`,
  rank,
  terms: terms(hours),
});

export const contract = (id: string, customerId: string, of: string, more: object = {}) => ({
  contractId: id,
  customerId,
  tier: of,
  startsOn: '2026-01-01',
  ...more,
});

export const policy = (more: object = {}) => ({
  defaultApprovals: 1,
  rules: [],
  allowSelfApproval: false,
  allowBackdating: false,
  requireReason: false,
  expireAfterDays: 30,
  ...more,
});

/** Tiers silver and gold, in force. */
export const withTiers = async <O extends Organization>(organization: O): Promise<O> => {
  await organization.live('proposeTierTerms', tier('silver', 1, 8));
  await organization.live('proposeTierTerms', tier('gold', 2, 4));
  return organization;
};

/** A customer mapped to `mapped`, with a contract `CTR-…` for `contracted`. */
export const withCustomer = async (
  { live }: Organization,
  customerId: string,
  mapped: string,
  contracted: string | null = mapped,
): Promise<void> => {
  await live('remapCustomer', { customerId, customerName: `Company ${customerId}`, toTier: mapped });
  if (contracted !== null)
    await live('proposeContract', contract(`CTR-${customerId}`, customerId, contracted));
};
