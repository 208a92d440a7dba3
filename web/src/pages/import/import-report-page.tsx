import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { inWords } from '../../lib/format.js';
import { StatusBadge } from '../../ui/badge.js';
import { Pill } from '../../ui/pill.js';
import { Page } from '../../ui/page.js';
import { Answer } from '../../ui/states.js';
import { fieldInWords } from './sheet-sample.js';
import { ImportById, OUTCOMES, WATCH_MS, type ImportView } from './import.graphql.js';
import { Rows } from './import-rows.js';

const MOVING = new Set(['ANALYSING', 'APPLYING']);

export const ImportReportPage = () => {
  const { id } = useParams({ from: '/import/$id' });
  const search = useSearch({ from: '/import/$id' });
  const navigate = useNavigate({ from: '/import/$id' });
  const outcome = OUTCOMES.find((each) => each === search.outcome);
  const [isMoving, setMoving] = useState(true);
  const query = useAsk(
    ImportById,
    { id, atLeast: atLeast() },
    { every: isMoving ? WATCH_MS : 5 * WATCH_MS, keep: true },
  );
  const moving = query.data?.import ? MOVING.has(query.data.import.status) : true;
  if (moving !== isMoving) setMoving(moving);
  return (
    <Answer query={query} height={480}>
      {({ import: found }) =>
        found === null ? (
          <Page title="There is no such import">
            <p>
              The link may be cut off. <Link to="/import">Import a sheet</Link>
            </p>
          </Page>
        ) : (
          <Page
            title="Import"
            about={<Progress found={found} />}
            actions={
              <Link className="button primary" to="/changes/$id" params={{ id: found.change.id }}>
                {found.change.status === 'PROPOSED' ? 'Open the proposal' : 'Open the change'}
              </Link>
            }
          >
            {found.failure !== null && <p className="notice wrong">{found.failure}</p>}
            {MOVING.has(found.status) && (
              <progress
                aria-label={inWords(found.status)}
                {...(found.status === 'APPLYING' && { value: found.applied, max: found.total })}
              />
            )}
            <Columns read={found.columns as Readonly<Record<string, string>>} />
            <Counts
              found={found}
              outcome={outcome}
              onChoose={(next) => void navigate({ search: { outcome: next } })}
            />
            <Rows key={outcome} id={id} outcome={outcome} isMoving={moving} />
          </Page>
        )
      }
    </Answer>
  );
};

const Progress = ({ found }: { readonly found: ImportView }) => (
  <span className="row">
    <StatusBadge status={found.change.status} />
    <span>
      {inWords(found.status)}: {found.total.toLocaleString()} rows
      {found.applied > 0 && `, ${found.applied.toLocaleString()} applied`}
      {found.skipped > 0 && `, ${found.skipped} left alone because they had changed meanwhile`}
    </span>
  </span>
);

const Columns = ({ read }: { readonly read: Readonly<Record<string, string>> }) =>
  Object.keys(read).length === 0 ? null : (
    <details>
      <summary>How its columns were read</summary>
      <dl className="facts">
        {Object.entries(read).map(([heading, field]) => (
          <Fragment key={heading}>
            <dt>{heading}</dt>
            <dd>{fieldInWords(field)}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );

interface CountsProps {
  readonly found: ImportView;
  readonly outcome: string | undefined;
  readonly onChoose: (outcome: string | undefined) => void;
}

const Counts = ({ found, outcome, onChoose }: CountsProps) => {
  const counts = found.counts as Readonly<Record<string, number>>;
  return (
    <div className="row" role="group" aria-label="Rows by outcome">
      <Pill pressed={outcome === undefined} onClick={() => onChoose(undefined)}>
        All {found.total.toLocaleString()}
      </Pill>
      {OUTCOMES.filter((each) => (counts[each] ?? 0) > 0).map((each) => (
        <Pill
          key={each}
          pressed={outcome === each}
          onClick={() => onChoose(outcome === each ? undefined : each)}
        >
          {inWords(each)} {counts[each]?.toLocaleString()}
        </Pill>
      ))}
    </div>
  );
};
