import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { graphql, type ResultOf } from '../../api/graphql.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { inWords } from '../../lib/format.js';
import { Badge, StatusBadge, type Tone } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';

const ImportById = graphql(`
  query ImportById($id: ID!, $outcome: RowOutcome, $first: Int, $atLeast: Position) {
    import(id: $id, atLeast: $atLeast) {
      id
      status
      total
      applied
      skipped
      counts
      failure
      change {
        id
        status
        proposedBy
      }
      rows(outcome: $outcome, first: $first) {
        totalCount
        nodes {
          record
          outcome
          customerId
          contractId
          field
          message
          duplicateOf
          exception
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
`);

type ImportView = NonNullable<ResultOf<typeof ImportById>['import']>;

const OUTCOMES = ['INVALID', 'DUPLICATE', 'CREATE', 'REMAP', 'UPDATE', 'UNCHANGED'] as const;
const TONES: Readonly<Record<string, Tone>> = {
  INVALID: 'wrong',
  DUPLICATE: 'proposed',
  CREATE: 'live',
  REMAP: 'scheduled',
  UPDATE: 'scheduled',
};
const PAGE = 100;
/** Milliseconds between looks while rows are read or applied. */
const WATCH_MS = 700;
const MOVING = new Set(['ANALYSING', 'APPLYING']);

export const ImportReportPage = () => {
  const { id } = useParams({ from: '/import/$id' });
  const search = useSearch({ from: '/import/$id' });
  const navigate = useNavigate({ from: '/import/$id' });
  const outcome = OUTCOMES.find((each) => each === search.outcome);
  const [first, setFirst] = useState(PAGE);
  const [isMoving, setMoving] = useState(true);
  const query = useAsk(
    ImportById,
    { id, outcome, first, atLeast: atLeast() },
    { every: isMoving ? WATCH_MS : 5 * WATCH_MS, keep: true },
  );
  const moving = query.data?.import ? MOVING.has(query.data.import.status) : true;
  if (moving !== isMoving) setMoving(moving);
  return (
    <Answer query={query} height={480}>
      {({ import: found }) =>
        found === null ? (
          <Empty title="There is no such import">
            <p>
              <Link to="/import">Import a sheet</Link>
            </p>
          </Empty>
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
            <Counts
              found={found}
              outcome={outcome}
              onChoose={(next) => void navigate({ search: { outcome: next } })}
            />
            <Rows rows={found.rows.nodes} />
            {found.rows.pageInfo.hasNextPage && first < 200 && (
              <Button onClick={() => setFirst(200)}>
                {found.rows.nodes.length} of {found.rows.totalCount}: show more
              </Button>
            )}
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
      {inWords(found.status)}: {found.total} rows
      {found.applied > 0 && `, ${found.applied} applied`}
      {found.skipped > 0 && `, ${found.skipped} left alone because they had changed meanwhile`}
    </span>
  </span>
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
      <Button size="small" aria-pressed={outcome === undefined} onClick={() => onChoose(undefined)}>
        All {found.total}
      </Button>
      {OUTCOMES.filter((each) => (counts[each] ?? 0) > 0).map((each) => (
        <Button
          key={each}
          size="small"
          aria-pressed={outcome === each}
          onClick={() => onChoose(outcome === each ? undefined : each)}
        >
          {inWords(each)} {counts[each]}
        </Button>
      ))}
    </div>
  );
};

const Rows = ({ rows }: { readonly rows: ImportView['rows']['nodes'] }) =>
  rows.length === 0 ? (
    <Empty title="No row to show" />
  ) : (
    <div className="panel table-wrap" role="region" aria-label="Rows" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Outcome</th>
            <th scope="col">Customer</th>
            <th scope="col">Contract</th>
            <th scope="col">What and why</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.record} ${row.outcome} ${row.field}`}>
              <td>{row.record}</td>
              <td>
                <Badge tone={TONES[row.outcome] ?? 'neutral'}>{inWords(row.outcome)}</Badge>
              </td>
              <td>{row.customerId}</td>
              <td>{row.contractId}</td>
              <td>
                {row.message}
                {row.duplicateOf !== null && ` Same as row ${row.duplicateOf}.`}
                {row.exception !== null && <Badge tone="wrong">{inWords(row.exception)}</Badge>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
