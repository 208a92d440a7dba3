import { useState } from 'react';
import { useCoverages } from '../../api/coverages.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/page.js';
import {
  deltasOf,
  lintDraft,
  targetError,
  withCommitment,
  withDraft,
  type DraftTier,
  type MatrixDraft,
  type Target,
} from './matrix-draft.js';
import { prioritiesOf } from './matrix-table.js';
import type { TierView } from './matrix.graphql.js';
import { NewTierDialog } from './new-tier-dialog.js';
import { ProposeDialog } from './propose-dialog.js';
import { TierDetailsDialog } from './tier-details-dialog.js';
import { WarningList } from './warning-list.js';

interface Props {
  readonly tiers: readonly TierView[];
  readonly draft: MatrixDraft;
  readonly onDraft: (next: MatrixDraft) => void;
  readonly onEnd: () => void;
}

type Asking = { readonly what: 'propose' | 'new' } | { readonly what: 'details'; readonly tier: DraftTier };

const ALWAYS = ['24x7', '24x5', 'business-hours'];

/** The matrix with its cells open. Nothing is sent before it has been looked at as a difference. */
export const MatrixEditor = ({ tiers, draft, onDraft, onEnd }: Props) => {
  const [asking, setAsking] = useState<Asking | null>(null);
  const shown = withDraft(tiers, draft);
  const coverageKeys = [
    ...new Set([
      ...ALWAYS,
      ...shown.flatMap(({ terms }) => terms.commitments.map(({ coverage }) => coverage)),
    ]),
  ];
  const coverages = useCoverages(coverageKeys);
  const deltas = deltasOf(tiers, draft);
  const isBroken = shown.some(({ terms }) =>
    terms.commitments.some((each) =>
      [each.firstResponse, each.nextUpdate, each.resolution].some((text) => targetError(text) !== null),
    ),
  );
  const put = (tier: DraftTier): void => onDraft({ ...draft, [tier.key]: tier });
  return (
    <>
      <div className="notice proposed">
        <p>
          <strong>You are writing a proposal.</strong> Nothing changes until somebody else approves it. Write
          times as 30m, 8h, 5d or 1 business day; an empty field means “not promised”.
        </p>
      </div>
      <div className="panel table-wrap" role="region" aria-label="Matrix being edited" tabIndex={0}>
        <table className="matrix editing">
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Priority</span>
              </th>
              {shown.map((tier) => (
                <th key={tier.key} scope="col">
                  <span className="tier-name">{tier.name}</span>
                  <Button size="small" kind="quiet" onClick={() => setAsking({ what: 'details', tier })}>
                    Name, channels, credits …
                  </Button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {prioritiesOf(shown).map((priority) => (
              <tr key={priority}>
                <th scope="row">{priority}</th>
                {shown.map((tier) => (
                  <EditCell
                    key={tier.key}
                    tier={tier}
                    before={tiers.find(({ key }) => key === tier.key)}
                    priority={priority}
                    coverages={coverageKeys}
                    onChange={(change) => put(withCommitment(tier, priority, change))}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <WarningList warnings={lintDraft(shown, coverages)} />
      <Panel
        title={
          deltas.length === 0
            ? 'Nothing changed yet'
            : `${deltas.length} ${deltas.length === 1 ? 'difference' : 'differences'}`
        }
        actions={
          <div className="row">
            <Button onClick={() => setAsking({ what: 'new' })}>Add a tier</Button>
            <Button onClick={onEnd}>Discard</Button>
            <Button
              kind="primary"
              disabled={deltas.length === 0 || isBroken}
              onClick={() => setAsking({ what: 'propose' })}
            >
              Propose …
            </Button>
          </div>
        }
      >
        <ul className="deltas">
          {deltas.map(({ tier, what, before, after }) => (
            <li key={`${tier} ${what}`}>
              <strong>{tier}</strong> {what}: <del>{before}</del> → <ins>{after}</ins>
            </li>
          ))}
          {deltas.length === 0 && (
            <li className="soft">Change a cell above; the difference shows here before you propose it.</li>
          )}
        </ul>
      </Panel>
      {asking?.what === 'propose' && (
        <ProposeDialog
          changed={Object.values(draft).filter(({ key }) => deltas.some(({ tier }) => tier === key))}
          deltas={deltas.length}
          onClose={() => setAsking(null)}
          onDone={onEnd}
        />
      )}
      {asking?.what === 'new' && <NewTierDialog like={shown} onClose={() => setAsking(null)} onAdd={put} />}
      {asking?.what === 'details' && (
        <TierDetailsDialog
          tier={asking.tier}
          isNew={!tiers.some(({ key }) => key === asking.tier.key)}
          onClose={() => setAsking(null)}
          onSave={put}
        />
      )}
    </>
  );
};

const TARGETS: readonly (readonly [Target, string])[] = [
  ['firstResponse', 'First response'],
  ['resolution', 'Resolution'],
  ['nextUpdate', 'Updates every'],
];

interface CellProps {
  readonly tier: DraftTier;
  readonly before: TierView | undefined;
  readonly priority: string;
  readonly coverages: readonly string[];
  readonly onChange: (change: Record<string, string | null>) => void;
}

const EditCell = ({ tier, before, priority, coverages, onChange }: CellProps) => {
  const of = (terms: DraftTier['terms'] | undefined) =>
    terms?.commitments.find((each) => each.priority === priority);
  const [is, was] = [of(tier.terms), of(before?.terms)];
  return (
    <td>
      {TARGETS.map(([field, label]) => {
        const value = is?.[field] ?? null;
        const error = targetError(value);
        return (
          <label key={field} className="cell-field" data-changed={(value || null) !== (was?.[field] ?? null)}>
            <span>{label}</span>
            <input
              aria-label={`${tier.key} ${priority} ${label}`}
              aria-invalid={error !== null}
              title={error ?? undefined}
              value={value ?? ''}
              placeholder="not promised"
              onChange={({ target }) => onChange({ [field]: target.value === '' ? null : target.value })}
            />
          </label>
        );
      })}
      <label className="cell-field" data-changed={is?.coverage !== was?.coverage}>
        <span>Coverage</span>
        <select
          aria-label={`${tier.key} ${priority} coverage`}
          value={is?.coverage ?? 'business-hours'}
          onChange={({ target }) => onChange({ coverage: target.value })}
        >
          {coverages.map((key) => (
            <option key={key}>{key}</option>
          ))}
        </select>
      </label>
    </td>
  );
};
