import { useState } from 'react';
import { useAsk, useTell } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { Textarea } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { Answer, ErrorNote } from '../../ui/states.js';
import { ChangeSettings, Settings, type ExceptionRule } from './settings.graphql.js';

const RULES: readonly (readonly [ExceptionRule, title: string, meaning: string])[] = [
  [
    'REFUSE',
    'Refuse',
    'A lookup names no binding promise. It shows both, side by side, until the facts agree or a waiver is approved.',
  ],
  [
    'STRICTER',
    'The stricter of both',
    'Commitment by commitment the stricter one binds, and the answer is marked as made up of two.',
  ],
  [
    'CONTRACT_WINS',
    'The contract wins',
    'What the contract says binds, whatever the customer is mapped to, and the answer is marked.',
  ],
];

/** What a lookup answers while promises contradict one another. */
export const ExceptionRulePanel = () => {
  const query = useAsk(Settings, {}, { keep: true });
  return (
    <Panel title="When promises contradict one another">
      <Answer query={query}>
        {({ settings: { exceptionRule } }) => <RuleForm key={exceptionRule} current={exceptionRule} />}
      </Answer>
    </Panel>
  );
};

const RuleForm = ({ current }: { readonly current: ExceptionRule }) => {
  const [rule, setRule] = useState(current);
  const [reason, setReason] = useState('');
  const change = useTell(ChangeSettings);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ input: { exceptionRule: rule, reason: reason.trim() || null } });
      }}
    >
      <fieldset className="stack tight">
        <legend className="visually-hidden">What a lookup answers then</legend>
        {RULES.map(([value, title, meaning]) => (
          <label key={value} className="choice">
            <input
              type="radio"
              name="exception-rule"
              value={value}
              checked={rule === value}
              onChange={() => setRule(value)}
            />
            <span>
              <strong>{title}</strong>
              <span className="soft">{meaning}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="soft small">
        The exception stays in the list whichever it is. A change counts from the moment it is saved; past
        answers stay what they were.
      </p>
      {rule !== current && (
        <>
          <Textarea
            label="Reason"
            hint="The audit log keeps it."
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <ErrorNote error={change.error} />
          <div className="row end">
            <Button onClick={() => setRule(current)}>Discard</Button>
            <Button type="submit" kind="primary" busy={change.isPending}>
              Save
            </Button>
          </div>
        </>
      )}
    </form>
  );
};
