import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { graphql, type ResultOf } from '../../api/graphql.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { usePages } from '../../api/pages.js';
import { inWords } from '../../lib/format.js';
import { Badge, StatusBadge, type Tone } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { LongTable, type Column } from '../../ui/long-table.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';

const ImportById = graphql(`
  query ImportById($id: ID!, $atLeast: Position) {
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
    }
  }
`);

const ImportRows = graphql(`
  query ImportRows(
    $id: ID!
    $outcome: RowOutcome
    $first: Int
    $after: String
    $atLeast: Position
    $counted: Boolean!
  ) {
    import(id: $id, atLeast: $atLeast) {
      rows(outcome: $outcome, first: $first, after: $after) {
        totalCount @include(if: $counted)
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
          endCursor
        }
      }
    }
  }
`);

type ImportView = NonNullable<ResultOf<typeof ImportById>['import']>;
type ImportRow = NonNullable<ResultOf<typeof ImportRows>['import']>['rows']['nodes'][number];

const OUTCOMES = ['INVALID', 'DUPLICATE', 'CREATE', 'REMAP', 'UPDATE', 'UNCHANGED'] as const;
const TONES: Readonly<Record<string, Tone>> = {
  INVALID: 'wrong',
  DUPLICATE: 'proposed',
  CREATE: 'live',
  REMAP: 'scheduled',
  UPDATE: 'scheduled',
};
/** Milliseconds between looks while rows are read or applied. */
const WATCH_MS = 700;
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

interface RowsProps {
  readonly id: string;
  readonly outcome: (typeof OUTCOMES)[number] | undefined;
  readonly isMoving: boolean;
}

const Rows = ({ id, outcome, isMoving }: RowsProps) => {
  const pages = usePages(ImportRows, { id, outcome }, (found) => found.import?.rows, {
    ...(isMoving && { every: WATCH_MS }),
  });
  return (
    <Answer query={pages.query}>
      {() =>
        pages.nodes.length === 0 ? (
          <Empty title="No row to show" />
        ) : (
          <LongTable
            label="Rows"
            columns={COLUMNS}
            pages={pages}
            keyOf={({ record, outcome: each, field }) => `${record} ${each} ${field}`}
          />
        )
      }
    </Answer>
  );
};

const COLUMNS: readonly Column<ImportRow>[] = [
  { title: 'Row', width: '64px', cell: ({ record }) => record },
  {
    title: 'Outcome',
    width: '110px',
    cell: ({ outcome }) => <Badge tone={TONES[outcome] ?? 'neutral'}>{inWords(outcome)}</Badge>,
  },
  { title: 'Customer', width: 'minmax(0, 1fr)', cell: ({ customerId }) => customerId },
  { title: 'Contract', width: 'minmax(0, 1fr)', cell: ({ contractId }) => contractId },
  {
    title: 'What and why',
    width: 'minmax(0, 2.4fr)',
    cell: ({ message, duplicateOf, exception }) =>
      (message !== null || duplicateOf !== null || exception !== null) && (
        <>
          {message}
          {duplicateOf !== null && ` Same as row ${duplicateOf}.`}
          {exception !== null && <Badge tone="wrong">{inWords(exception)}</Badge>}
        </>
      ),
  },
];
