import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Refused, useTell } from '../../api/hooks.js';
import { useDraft } from '../../lib/draft.js';
import { Button } from '../../ui/button.js';
import { Textarea } from '../../ui/field.js';
import { Page } from '../../ui/page.js';
import { NO_TIMING, ProposalFields, timingInput } from '../../ui/proposal-fields.js';
import { ErrorNote } from '../../ui/states.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { RemapCustomer } from './propose.graphql.js';
import { TierSelect } from './tier-select.js';

const idsOf = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** One customer or many: each becomes a proposal of its own, so that one that is refused holds up none. */
export const RemapPage = () => {
  const search = useSearch({ from: '/remap' });
  const navigate = useNavigate();
  const initial = {
    ids: search.ids?.split(',').join('\n') ?? '',
    toTier: search.to ?? '',
    timing: NO_TIMING,
  };
  const [draft, setDraft, drop] = useDraft(`remap:${search.ids ?? ''}`, initial);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [done, setDone] = useState(0);
  const remap = useTell(RemapCustomer);
  const ids = idsOf(draft.ids);
  const submit = async (): Promise<void> => {
    const problems: string[] = [];
    const changes: string[] = [];
    setDone(0);
    for (const customerId of ids) {
      const input = { customerId, toTier: draft.toTier, ...timingInput(draft.timing) };
      try {
        const { remapCustomer } = await remap.mutateAsync({ input });
        if (remapCustomer.change) changes.push(remapCustomer.change.id);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        problems.push(`${customerId}: ${error.message}`);
      }
      setDone((count) => count + 1);
    }
    setRefused(problems);
    if (problems.length > 0) return;
    drop();
    await (changes.length === 1
      ? navigate({ to: '/changes/$id', params: { id: changes[0]! } })
      : navigate({ to: '/changes', search: { view: 'open' } }));
  };
  return (
    <Page title="Remap" about="Change which tier customers are treated as." narrow>
      <form
        className="panel padded stack"
        onSubmit={(event) => {
          event.preventDefault();
          // The mutation keeps its error, which is shown below.
          void submit().catch(() => remap.error);
        }}
      >
        <Textarea
          label="Customers"
          required
          rows={4}
          hint={`${ids.length === 1 ? 'One customer ID' : `${ids.length} customer IDs`}, one a line or with commas between them.`}
          value={draft.ids}
          onChange={({ target }) => setDraft({ ...draft, ids: target.value })}
        />
        <TierSelect
          label="To tier"
          value={draft.toTier}
          onChange={(toTier) => setDraft({ ...draft, toTier })}
        />
        <ProposalFields
          value={draft.timing}
          onChange={(timing) => setDraft({ ...draft, timing })}
          temporary
        />
        <WhoApproves kind="REMAP" tiers={[draft.toTier]} />
        {refused.length > 0 ? (
          <div className="notice wrong" role="alert">
            <p>
              {ids.length - refused.length} of {ids.length} are proposed. Not these:
            </p>
            <ul>
              {refused.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ) : (
          <ErrorNote error={remap.error instanceof Refused ? null : remap.error} />
        )}
        {remap.isPending && ids.length > 1 && (
          <progress max={ids.length} value={done} aria-label="Proposed" />
        )}
        <div className="row end">
          <Button type="submit" kind="primary" busy={remap.isPending}>
            Propose
          </Button>
        </div>
      </form>
    </Page>
  );
};
