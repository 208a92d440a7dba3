import type { ContractContent } from '@domain/change/content.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { useSession } from '../../api/session.js';
import { Input } from '../../ui/field.js';
import { NumberInput } from '../../ui/number-input.js';
import { Matrix } from '../matrix/matrix.graphql.js';
import type { FieldsProps } from './fields-props.js';
import { OwnTerms } from './own-terms.js';
import { TierSelect } from './tier-select.js';

type TextField = {
  [Name in keyof ContractContent]-?: ContractContent[Name] extends string | undefined ? Name : never;
}[keyof ContractContent];

/** Everything that a contract may hold. `isKnown`: its ID, and so whose it is, stands. */
export const ContractFields = ({ content, onChange, isKnown }: FieldsProps<ContractContent>) => {
  const { timeZone } = useSession();
  const { data } = useAsk(Matrix, { atLeast: atLeast() }, { keep: true });
  const tiers = data?.matrix.tiers ?? [];
  const put = (change: Partial<ContractContent>): void => onChange({ ...content, ...change });
  const text = (field: TextField) => ({
    value: content[field] ?? '',
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      put({ [field]: target.value || undefined }),
  });
  return (
    <>
      <div className="grid-2">
        <Input label="Contract ID" required readOnly={isKnown} {...text('contractId')} />
        <Input label="Customer ID" required readOnly={isKnown} {...text('customerId')} />
        <TierSelect label="Tier" value={content.tier} onChange={(tier) => put({ tier })} />
        <Input label="Success manager" type="email" placeholder="name@example.com" {...text('csmEmail')} />
        <Input label="First day" type="date" required {...text('startsOn')} />
        <Input
          label="Last day"
          type="date"
          min={content.startsOn}
          hint="It binds to the end of this day. Empty: no end."
          {...text('endsOn')}
        />
        <Input
          label="Time zone of its days"
          placeholder={timeZone}
          hint="Empty: the organization’s."
          {...text('timeZone')}
        />
        <NumberInput
          label="Seats"
          whole
          value={content.seats}
          onChange={(seats) => put({ seats: seats ?? undefined })}
        />
        <Input label="Value a year" inputMode="decimal" placeholder="30000" {...text('annualValue')} />
        <Input label="Currency" placeholder="EUR" maxLength={3} {...text('currency')} />
      </div>
      <div className="stack tight">
        <label className="check">
          <input
            type="checkbox"
            checked={content.primary ?? false}
            onChange={({ target }) => put({ primary: target.checked || undefined })}
          />
          It goes before other active contracts of the customer
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={content.creditsEnabled ?? true}
            onChange={({ target }) => put({ creditsEnabled: target.checked })}
          />
          Breaches earn credits
        </label>
      </div>
      <OwnTerms
        tierTerms={tiers.find(({ key }) => key === content.tier)?.terms}
        value={content.overrides}
        onChange={(overrides) => put({ overrides })}
      />
    </>
  );
};
