import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { useMay, useSession } from '../../api/session.js';
import { exportAddress } from '../../lib/export-address.js';
import { formatInZone } from '../../lib/format.js';
import { Button } from '../../ui/button.js';
import { DayInput } from '../../ui/day-input.js';
import { MomentPicker, useMomentInWords } from '../../ui/moment-picker.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { useDraft } from '../../lib/draft.js';
import { MatrixDiffPanel } from './matrix-diff-panel.js';
import { MatrixEditor } from './matrix-editor.js';
import { Matrix } from './matrix.graphql.js';
import type { MatrixDraft } from './matrix-draft.js';
import { MatrixTable } from './matrix-table.js';
import { TimeSlider } from './time-slider.js';
import { WarningList } from './warning-list.js';

export const MatrixPage = () => {
  const { at, knownAt, from } = useSearch({ from: '/matrix' });
  const navigate = useNavigate({ from: '/matrix' });
  const mayPropose = useMay('propose');
  const [draft, setDraft, dropDraft] = useDraft<MatrixDraft>('matrix', {});
  const [editing, setEditing] = useState(Object.keys(draft).length > 0);
  const query = useAsk(Matrix, { at, knownAt, atLeast: atLeast() }, { keep: true });
  const moment = useMomentInWords({ at, knownAt });
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
          <a className="button" href={exportAddress('matrix', { at, knownAt })} download>
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
          <DayInput
            label="Compare with"
            value={from ?? ''}
            onChange={(day) => void navigate({ search: { at, knownAt, from: day || undefined } })}
          />
          {(moment !== null || from !== undefined) && (
            <Button onClick={() => void navigate({ search: {} })}>Back to now</Button>
          )}
        </div>
      )}
      <Answer query={query} height={480}>
        {({ matrix }) =>
          editing && isNow ? (
            <MatrixEditor tiers={matrix.tiers} draft={draft} onDraft={setDraft} onEnd={stop} />
          ) : (
            <>
              <TimeSlider
                at={at}
                settled={matrix.at}
                knownAt={knownAt}
                onChange={(next) => void navigate({ search: { knownAt, from, at: next }, replace: true })}
              />
              {from !== undefined && (
                <MatrixDiffPanel other={from} shown={at ?? matrix.at} knownAt={knownAt} />
              )}
              {matrix.tiers.length === 0 && <NoTier isNow={isNow} />}
              {matrix.tiers.length > 0 && <MatrixTable tiers={matrix.tiers} lint={matrix.lint} />}
              <WarningList warnings={matrix.lint} />
              <Printed at={matrix.at} knownAt={matrix.knownAt} />
            </>
          )
        }
      </Answer>
    </Page>
  );
};

const NoTier = ({ isNow }: { readonly isNow: boolean }) =>
  isNow ? (
    <Empty title="The matrix is empty">
      <p>
        <Link to="/import">Import it as a sheet</Link>, or propose its first tier.
      </p>
    </Empty>
  ) : (
    <Empty title="No tier was in force then">
      <p>Choose another day.</p>
    </Empty>
  );

/** What a sheet of paper has to say of itself. */
const Printed = ({ at, knownAt }: { readonly at: string; readonly knownAt: string }) => {
  const { organization, subject, timeZone } = useSession();
  return (
    <p className="print-only small">
      {organization}: in force on {formatInZone(at, timeZone)}, as known on {formatInZone(knownAt, timeZone)}{' '}
      ({timeZone}). Printed by {subject} from {location.origin}/matrix.
    </p>
  );
};
