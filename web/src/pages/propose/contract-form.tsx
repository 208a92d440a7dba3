import type { ContractContent } from '@domain/change/content.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk, useTell } from '../../api/hooks.js';
import { useSession } from '../../api/session.js';
import { useDraft } from '../../lib/draft.js';
import { Button } from '../../ui/button.js';
import { Input, Select } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { NO_TIMING, ProposalFields, timingInput } from '../../ui/proposal-fields.js';
import { ErrorNote } from '../../ui/states.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { targetError } from '../matrix/matrix-draft.js';
import { Matrix } from '../matrix/matrix.graphql.js';
import { OverridesEditor, type Overrides } from './overrides-editor.js';
import { ProposeContract } from './propose.graphql.js';

interface Props {
  /** Under which the draft is kept. */
  readonly name: string;
  readonly initial: Partial<ContractContent>;
  readonly isKnown?: boolean;
  readonly readOnly?: boolean;
  readonly onProposed: (changeId: string) => void;
}

const draftOf = (content: Partial<ContractContent>) => ({
  contractId: content.contractId ?? '',
  customerId: content.customerId ?? '',
  tier: content.tier ?? '',
  startsOn: content.startsOn ?? '',
  endsOn: content.endsOn ?? '',
  timeZone: content.timeZone ?? '',
  annualValue: content.annualValue ?? '',
  currency: content.currency ?? '',
  csmEmail: content.csmEmail ?? '',
  seats: content.seats === undefined ? '' : String(content.seats),
  primary: content.primary ?? false,
  creditsEnabled: content.creditsEnabled ?? true,
  overrides: (content.overrides ?? null) as Overrides,
  timing: NO_TIMING,
});

export const ContractForm = ({ name, initial, isKnown = false, readOnly = false, onProposed }: Props) => {
  const { timeZone } = useSession();
  const [draft, setDraft, drop] = useDraft(name, draftOf(initial));
  const { data } = useAsk(Matrix, { atLeast: atLeast() });
  const propose = useTell(ProposeContract);
  const tiers = data?.matrix.tiers ?? [];
  const text = (
    field:
      | 'contractId'
      | 'customerId'
      | 'startsOn'
      | 'endsOn'
      | 'timeZone'
      | 'annualValue'
      | 'currency'
      | 'csmEmail'
      | 'seats',
  ) => ({
    value: draft[field],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      setDraft({ ...draft, [field]: target.value }),
  });
  const isBroken =
    draft.overrides?.commitments.some((each) =>
      [each.firstResponse, each.resolution].some((one) => targetError(one) !== null),
    ) ?? false;
  const submit = (): void => {
    const {
      timing,
      seats,
      primary,
      creditsEnabled,
      overrides,
      contractId,
      customerId,
      tier,
      startsOn,
      ...rest
    } = draft;
    const optional = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== ''));
    const input = {
      contractId,
      customerId,
      tier,
      startsOn,
      ...optional,
      ...(seats !== '' && { seats: Number(seats) }),
      ...(primary && { primary }),
      creditsEnabled,
      ...(overrides !== null && { overrides }),
      ...timingInput(timing),
    };
    propose.mutate(
      { input },
      {
        onSuccess: ({ proposeContract: { change } }) => {
          drop();
          if (change) onProposed(change.id);
        },
      },
    );
  };
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={readOnly} className="stack">
          <div className="grid-2">
            <Input label="Contract ID" required readOnly={isKnown} {...text('contractId')} />
            <Input label="Customer ID" required {...text('customerId')} />
            <Select
              label="Tier"
              required
              options={[
                ['', 'Choose …'],
                ...tiers.map(({ key, name: title }) => [key, `${title} (${key})`] as const),
              ]}
              value={draft.tier}
              onChange={({ target }) => setDraft({ ...draft, tier: target.value })}
            />
            <Input label="Success manager" type="email" {...text('csmEmail')} />
            <Input label="First day" type="date" required {...text('startsOn')} />
            <Input
              label="Last day"
              type="date"
              hint="Empty: no end. It binds to the end of this day."
              {...text('endsOn')}
            />
            <Input label="Time zone of its days" placeholder={timeZone} {...text('timeZone')} />
            <Input label="Seats" inputMode="numeric" {...text('seats')} />
            <Input label="Value a year" inputMode="decimal" placeholder="30000" {...text('annualValue')} />
            <Input label="Currency" placeholder="EUR" maxLength={3} {...text('currency')} />
          </div>
          <label className="check">
            <input
              type="checkbox"
              checked={draft.primary}
              onChange={({ target }) => setDraft({ ...draft, primary: target.checked })}
            />
            It goes before other active contracts of the customer
          </label>
          <label className="check">
            <input
              type="checkbox"
              checked={draft.creditsEnabled}
              onChange={({ target }) => setDraft({ ...draft, creditsEnabled: target.checked })}
            />
            Breaches earn credits
          </label>
          <OverridesEditor
            tier={tiers.find(({ key }) => key === draft.tier)}
            value={draft.overrides}
            onChange={(overrides) => setDraft({ ...draft, overrides })}
          />
          {!readOnly && (
            <>
              <ProposalFields value={draft.timing} onChange={(timing) => setDraft({ ...draft, timing })} />
              <WhoApproves kind="CONTRACT" tier={draft.tier} />
              <ErrorNote error={propose.error} />
              <div className="row end">
                <Button onClick={drop}>Start over</Button>
                <Button type="submit" kind="primary" busy={propose.isPending} disabled={isBroken}>
                  Propose
                </Button>
              </div>
            </>
          )}
        </fieldset>
      </form>
    </Panel>
  );
};
