import { useState } from 'react';
import type { TierTermsContent } from '@domain/change/content.js';
import { useCoverageKeys } from '../../api/coverage-keys.js';
import { useCoverages } from '../../api/coverages.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/page.js';
import { Empty } from '../../ui/states.js';
import { pathInWords } from '../changes/diff-table.js';
import { AddPriority } from '../propose/terms/commitments-editor.js';
import { isReadable, withCommitment } from '../propose/terms/terms-draft.js';
import { EditCell } from './edit-cell.js';
import {
  deltasOf,
  lintDraft,
  prioritiesOf,
  withDraft,
  withoutTiers,
  type MatrixDraft,
  type TierDelta,
} from './matrix-draft.js';
import type { TierView } from './matrix.graphql.js';
import { NewTierDialog } from './new-tier-dialog.js';
import { ProposeDialog } from './propose-dialog.js';
import { RetireDialog } from './retire-dialog.js';
import { TierDetailsDialog } from './tier-details-dialog.js';
import { WarningList } from './warning-list.js';

interface Props {
  readonly tiers: readonly TierView[];
  readonly draft: MatrixDraft;
  readonly onDraft: (next: MatrixDraft) => void;
  readonly onEnd: () => void;
}

type Asking =
  | { readonly what: 'propose' | 'new' }
  | { readonly what: 'details' | 'retire'; readonly tier: TierTermsContent };

/** The matrix with its cells open. Nothing is sent before it has been looked at as a difference. */
export const MatrixEditor = ({ tiers, draft, onDraft, onEnd }: Props) => {
  const [asking, setAsking] = useState<Asking | null>(null);
  const [added, setAdded] = useState<readonly string[]>([]);
  const shown = withDraft(tiers, draft);
  const priorities = [...new Set([...prioritiesOf(shown), ...added])];
  const known = useCoverageKeys();
  const named = shown.flatMap(({ terms }) => terms.commitments.map(({ coverage }) => coverage));
  const coverageKeys = [...new Set([...known, ...named])];
  const coverages = useCoverages(coverageKeys);
  const deltas = deltasOf(tiers, draft);
  const put = (tier: TierTermsContent): void => onDraft({ ...draft, [tier.key]: tier });
  const close = (): void => setAsking(null);
  return (
    <>
      <div className="notice proposed">
        <p>
          <strong>You are writing a proposal.</strong> Nothing changes until somebody else approves it. Write
          times as 30m, 8h, 5d or 1 business day; an empty field means “not promised”.
        </p>
      </div>
      {shown.length === 0 && (
        <Empty title="There is no tier yet">
          <Button kind="primary" onClick={() => setAsking({ what: 'new' })}>
            Add the first tier
          </Button>
        </Empty>
      )}
      {shown.length > 0 && (
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
              {priorities.map((priority) => (
                <tr key={priority}>
                  <th scope="row">{priority}</th>
                  {shown.map((tier) => (
                    <EditCell
                      key={tier.key}
                      tier={tier}
                      before={tiers.find(({ key }) => key === tier.key)}
                      priority={priority}
                      coverages={coverageKeys}
                      onChange={(change) =>
                        put({ ...tier, terms: withCommitment(tier.terms, priority, change) })
                      }
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <div className="body-line">
            <AddPriority taken={priorities} onAdd={(priority) => setAdded([...added, priority])} />
          </div>
        </div>
      )}
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
              disabled={deltas.length === 0 || !shown.every(({ terms }) => isReadable(terms))}
              onClick={() => setAsking({ what: 'propose' })}
            >
              Propose …
            </Button>
          </div>
        }
      >
        <Deltas deltas={deltas} />
      </Panel>
      {asking?.what === 'propose' && (
        <ProposeDialog
          changed={Object.values(draft).filter(({ key }) => deltas.some(({ tier }) => tier === key))}
          deltas={deltas.length}
          onProposed={(keys) => onDraft(withoutTiers(draft, keys))}
          onClose={close}
          onDone={onEnd}
        />
      )}
      {asking?.what === 'new' && <NewTierDialog like={shown} onClose={close} onAdd={put} />}
      {asking?.what === 'details' && (
        <TierDetailsDialog
          tier={asking.tier}
          priorities={priorities}
          onClose={close}
          onSave={put}
          onRetire={
            tiers.some(({ key }) => key === asking.tier.key)
              ? () => setAsking({ what: 'retire', tier: asking.tier })
              : undefined
          }
        />
      )}
      {asking?.what === 'retire' && <RetireDialog tier={asking.tier} onClose={close} />}
    </>
  );
};

const Deltas = ({ deltas }: { readonly deltas: readonly TierDelta[] }) => (
  <ul className="deltas">
    {deltas.map(({ tier, path, before, after }) => (
      <li key={`${tier} ${path}`}>
        <strong>{tier}</strong> {pathInWords(path)}: {before === null ? 'nothing' : <del>{before}</del>} →{' '}
        {after === null ? 'nothing' : <ins>{after}</ins>}
      </li>
    ))}
    {deltas.length === 0 && (
      <li className="soft">Change a cell above; the difference shows here before you propose it.</li>
    )}
  </ul>
);
