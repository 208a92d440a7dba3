import { useState } from 'react';
import type { Terms } from '@domain/terms/terms.js';
import { useCoverageKeys } from '../../../api/coverage-keys.js';
import { Button } from '../../../ui/button.js';
import { Input } from '../../../ui/field.js';
import { TargetInput } from './target-input.js';
import { emptyCommitment, TARGETS, withCommitment, withoutCommitment } from './terms-draft.js';

interface Props {
  readonly terms: Terms;
  readonly onChange: (next: Terms) => void;
}

/** What is promised for each priority, a row each. */
export const CommitmentsEditor = ({ terms, onChange }: Props) => {
  const known = useCoverageKeys();
  const coverages = [...new Set([...known, ...terms.commitments.map(({ coverage }) => coverage)])];
  return (
    <div className="stack tight">
      <div className="table-wrap" role="region" aria-label="Commitments" tabIndex={0}>
        <table className="commitments bare">
          <thead>
            <tr>
              <th scope="col">Priority</th>
              {TARGETS.map(([field, label]) => (
                <th key={field} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">Coverage</th>
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {terms.commitments.map((commitment) => {
              const { priority } = commitment;
              return (
                <tr key={priority}>
                  <th scope="row">{priority}</th>
                  {TARGETS.map(([field, label]) => (
                    <td key={field}>
                      <TargetInput
                        label={`${priority} ${label.toLowerCase()}`}
                        value={commitment[field]}
                        onChange={(value) => onChange(withCommitment(terms, priority, { [field]: value }))}
                      />
                    </td>
                  ))}
                  <td>
                    <select
                      aria-label={`${priority} coverage`}
                      value={commitment.coverage}
                      onChange={({ target }) =>
                        onChange(withCommitment(terms, priority, { coverage: target.value }))
                      }
                    >
                      {coverages.map((key) => (
                        <option key={key}>{key}</option>
                      ))}
                    </select>
                  </td>
                  <td>
                    <Button
                      size="small"
                      kind="quiet"
                      aria-label={`Remove ${priority}`}
                      onClick={() => onChange(withoutCommitment(terms, priority))}
                    >
                      Remove
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <AddPriority
        taken={terms.commitments.map(({ priority }) => priority)}
        onAdd={(priority) =>
          onChange({ ...terms, commitments: [...terms.commitments, emptyCommitment(priority)] })
        }
      />
    </div>
  );
};

/** Names another priority. It is no form of its own, as it stands in one. */
export const AddPriority = ({
  taken,
  onAdd,
}: {
  readonly taken: readonly string[];
  readonly onAdd: (priority: string) => void;
}) => {
  const [name, setName] = useState('');
  const isTaken = taken.some((each) => each.toLowerCase() === name.trim().toLowerCase());
  const add = (): void => {
    if (name.trim() === '' || isTaken) return;
    onAdd(name.trim());
    setName('');
  };
  return (
    <div className="row">
      <Input
        label="Another priority"
        placeholder="P4"
        value={name}
        error={isTaken ? `There is ${name.trim()} already.` : undefined}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      <Button disabled={name.trim() === '' || isTaken} onClick={add}>
        Add
      </Button>
    </div>
  );
};
