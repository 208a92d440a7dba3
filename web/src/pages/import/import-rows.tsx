import { usePages } from '../../api/pages.js';
import { inWords } from '../../lib/format.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { LongTable, type Column } from '../../ui/long-table.js';
import { Answer, Empty } from '../../ui/states.js';
import { ImportRows, WATCH_MS, type ImportRow, type Outcome } from './import.graphql.js';

const TONES: Readonly<Record<string, Tone>> = {
  INVALID: 'wrong',
  DUPLICATE: 'proposed',
  CREATE: 'live',
  REMAP: 'scheduled',
  UPDATE: 'scheduled',
};

interface Props {
  readonly id: string;
  readonly outcome: Outcome | undefined;
  readonly isMoving: boolean;
}

/** What every row of a sheet would do, or did. */
export const Rows = ({ id, outcome, isMoving }: Props) => {
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
