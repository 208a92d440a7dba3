import type { ContractContent } from '@domain/change/content.js';
import { useTell } from '../../api/hooks.js';
import { timingInput } from '../../ui/proposal-fields.js';
import { ContractFields } from './contract-fields.js';
import { ProposalForm } from './proposal-form.js';
import { ProposeContract } from './propose.graphql.js';
import { isReadable, termsInput } from './terms/terms-draft.js';

interface Props {
  /** Under which the draft is kept. */
  readonly name: string;
  readonly initial: Partial<ContractContent>;
  /** null: it is new. */
  readonly inForce: ContractContent | null;
  readonly readOnly?: boolean;
  readonly onProposed: (changeId: string) => void;
}

const EMPTY = { contractId: '', customerId: '', tier: '', startsOn: '' };

export const ContractForm = ({ name, initial, inForce, readOnly = false, onProposed }: Props) => {
  const propose = useTell(ProposeContract);
  return (
    <ProposalForm<ContractContent>
      name={name}
      kind="CONTRACT"
      initial={{ ...EMPTY, ...initial }}
      inForce={inForce}
      readOnly={readOnly}
      busy={propose.isPending}
      error={propose.error}
      isReady={({ overrides }) => overrides === undefined || isReadable(overrides)}
      fields={(props) => <ContractFields {...props} isKnown={inForce !== null} />}
      onSubmit={({ overrides, ...content }, timing, drop) =>
        propose.mutate(
          {
            input: {
              ...content,
              ...(overrides && { overrides: termsInput(overrides) }),
              ...timingInput(timing),
            },
          },
          {
            onSuccess: ({ proposeContract: { change } }) => {
              drop();
              if (change) onProposed(change.id);
            },
          },
        )
      }
    />
  );
};
