import { useState, type ReactNode } from 'react';
import type { ChangeContent, ChangeKind } from '@domain/change/content.js';
import { fieldDeltas } from '@domain/change/field-deltas.js';
import { tierOf } from '@domain/change/policy.js';
import { useDraft } from '../../lib/draft.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/page.js';
import { NO_TIMING, ProposalFields, type Timing } from '../../ui/proposal-fields.js';
import { ErrorNote } from '../../ui/states.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { DiffTable } from '../changes/diff-table.js';
import type { FieldsProps } from './fields-props.js';

/** Kinds whose start and end are not part of a proposal, or lie in its content. */
const UNSCHEDULED: readonly ChangeKind[] = ['APPROVAL_POLICY', 'WAIVER'];
const TEMPORARY: readonly ChangeKind[] = ['TIER_TERMS', 'REMAP'];

interface Props<Content> {
  /** Under which the draft is kept. */
  readonly name: string;
  readonly kind: ChangeKind;
  readonly initial: Content;
  readonly initialTiming?: Timing;
  /** What binds now; null: nothing, so that there is nothing to compare with. */
  readonly inForce: Content | null;
  readonly readOnly?: boolean;
  readonly submit?: string;
  readonly discard?: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly isReady?: (content: Content) => boolean;
  readonly fields: (props: FieldsProps<Content>) => ReactNode;
  /** What is to be said beside the difference. */
  readonly warnings?: (content: Content) => ReactNode;
  readonly onSubmit: (content: Content, timing: Timing, dropDraft: () => void) => void;
  readonly onDiscard?: () => void;
}

/** A content being written: its fields, what they change, since when and why, and who has to say yes. */
export const ProposalForm = <Content extends ChangeContent>({
  name,
  kind,
  initial,
  initialTiming = NO_TIMING,
  inForce,
  readOnly = false,
  submit = 'Propose',
  discard = 'Start over',
  busy,
  error,
  isReady = () => true,
  fields,
  warnings,
  onSubmit,
  onDiscard,
}: Props<Content>) => {
  const [draft, setDraft, drop] = useDraft(`proposal:${name}`, { content: initial, timing: initialTiming });
  // Some fields keep what is being written in a form of their own: starting over begins them anew.
  const [starts, setStarts] = useState(0);
  const { content, timing } = draft;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(content, timing, drop);
      }}
    >
      <Panel>
        <fieldset key={starts} disabled={readOnly} className="stack">
          {fields({ content, onChange: (next) => setDraft({ ...draft, content: next }) })}
        </fieldset>
      </Panel>
      {!readOnly && (
        <>
          {inForce !== null && (
            <Panel title="Against what is in force" padded={false}>
              <DiffTable diff={[...fieldDeltas(inForce, content)]} />
            </Panel>
          )}
          {warnings?.(content)}
          <Panel>
            <div className="stack">
              <ProposalFields
                value={timing}
                onChange={(next) => setDraft({ ...draft, timing: next })}
                scheduled={!UNSCHEDULED.includes(kind)}
                temporary={TEMPORARY.includes(kind)}
              />
              <WhoApproves kind={kind} tiers={[tierOf(kind, content)]} />
              <ErrorNote error={error} />
              <div className="row end">
                <Button
                  onClick={() => {
                    drop();
                    setStarts(starts + 1);
                    onDiscard?.();
                  }}
                >
                  {discard}
                </Button>
                <Button type="submit" kind="primary" busy={busy} disabled={!isReady(content)}>
                  {submit}
                </Button>
              </div>
            </div>
          </Panel>
        </>
      )}
    </form>
  );
};
