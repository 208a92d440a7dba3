import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { useMay } from '../../api/session.js';
import { Button } from '../../ui/button.js';
import { Input } from '../../ui/field.js';
import { MomentPicker, momentInWords } from '../../ui/moment-picker.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { useDraft } from '../../lib/draft.js';
import { MatrixDiffPanel } from './matrix-diff-panel.js';
import { MatrixEditor } from './matrix-editor.js';
import { Matrix } from './matrix.graphql.js';
import type { MatrixDraft } from './matrix-draft.js';
import { MatrixTable } from './matrix-table.js';
import { WarningList } from './warning-list.js';

const csvAddress = (at?: string, knownAt?: string): string => {
  const query = new URLSearchParams({ ...(at && { at }), ...(knownAt && { knownAt }) }).toString();
  return `/v1/export/matrix.csv${query && `?${query}`}`;
};

export const MatrixPage = () => {
  const { at, knownAt, from } = useSearch({ from: '/matrix' });
  const navigate = useNavigate({ from: '/matrix' });
  const mayPropose = useMay('propose');
  const [draft, setDraft, dropDraft] = useDraft<MatrixDraft>('matrix', {});
  const [editing, setEditing] = useState(Object.keys(draft).length > 0);
  const query = useAsk(Matrix, { at, knownAt, atLeast: atLeast() }, { keep: true });
  const moment = momentInWords({ at, knownAt });
  const isNow = moment === null;
  const stop = (): void => {
    dropDraft();
    setEditing(false);
  };
  return (
    <Page
      title="Matrix"
      about={moment ?? 'What every tier promises now.'}
      actions={
        <>
          <a className="button" href={csvAddress(at, knownAt)} download>
            CSV
          </a>
          <Button onClick={() => print()}>Print</Button>
          {mayPropose && isNow && !editing && (
            <Button kind="primary" onClick={() => setEditing(true)}>
              Propose a change
            </Button>
          )}
        </>
      }
    >
      {!editing && (
        <div className="row no-print">
          <MomentPicker
            value={{ at, knownAt }}
            onChange={(next) => void navigate({ search: { from, ...next } })}
          />
          <Input
            label="Compare with"
            type="date"
            value={from ?? ''}
            onChange={({ target }) =>
              void navigate({ search: { at, knownAt, from: target.value || undefined } })
            }
          />
        </div>
      )}
      <Answer query={query} height={480}>
        {({ matrix }) =>
          editing && isNow ? (
            <MatrixEditor tiers={matrix.tiers} draft={draft} onDraft={setDraft} onEnd={stop} />
          ) : matrix.tiers.length === 0 ? (
            <Empty title="No tier was in force then">
              <p>Choose another day, or import the matrix as a sheet.</p>
            </Empty>
          ) : (
            <>
              {from !== undefined && <MatrixDiffPanel from={from} to={at ?? matrix.at} knownAt={knownAt} />}
              <MatrixTable tiers={matrix.tiers} lint={matrix.lint} />
              <WarningList warnings={matrix.lint} />
            </>
          )
        }
      </Answer>
    </Page>
  );
};
