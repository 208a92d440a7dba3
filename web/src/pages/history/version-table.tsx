import { Link } from '@tanstack/react-router';
import type { Version } from '../../api/fragments.js';
import type { Pages } from '../../api/pages.js';
import { Badge } from '../../ui/badge.js';
import { LongTable, type Column } from '../../ui/long-table.js';
import { People, Person } from '../../ui/person.js';
import { Time } from '../../ui/time.js';

interface Props {
  readonly pages: Pages<Version>;
  readonly chosen: readonly number[];
  /** Absent: there is nothing to compare with. */
  readonly onChoose: ((number: number) => void) | undefined;
}

const COLUMNS: readonly Column<Version>[] = [
  {
    title: 'Binds',
    width: 'minmax(184px, 1.3fr)',
    cell: ({ periods }) =>
      periods.length === 0 ? (
        <span className="soft">never: replaced before it began</span>
      ) : (
        periods.map(({ from, to }) => (
          <div key={from}>
            <Time at={from} />
            {to !== null && (
              <>
                {' '}
                <span className="together">
                  – <Time at={to} />
                </span>
              </>
            )}
          </div>
        ))
      ),
  },
  { title: 'Recorded', width: 'minmax(176px, 1fr)', cell: ({ recordedAt }) => <Time at={recordedAt} /> },
  { title: 'Proposed by', width: 'minmax(0, 1.4fr)', cell: ({ proposedBy }) => <Person name={proposedBy} /> },
  {
    title: 'Approved by',
    width: 'minmax(0, 1.4fr)',
    cell: ({ approvedBy }) => <People names={approvedBy} />,
  },
  {
    title: 'Reason',
    width: 'minmax(0, 1.4fr)',
    cell: ({ reason }) => reason !== null && <span className="quote">{reason}</span>,
  },
];

export const VersionTable = ({ pages, chosen, onChoose }: Props) => {
  const identity: Column<Version> = {
    title: 'Version',
    width: 'minmax(72px, 0.7fr)',
    cell: ({ number, changeId, backdated, selfApproved }) => (
      <span className="row">
        {onChoose && (
          <input
            type="checkbox"
            aria-label={`Compare version ${number}`}
            checked={chosen.includes(number)}
            onChange={() => onChoose(number)}
          />
        )}
        <Link to="/changes/$id" params={{ id: changeId }}>
          {number}
        </Link>
        {backdated && <Badge tone="proposed">Backdated</Badge>}
        {selfApproved && <Badge tone="proposed">Self-approved</Badge>}
      </span>
    ),
  };
  return (
    <LongTable
      label="Versions"
      columns={[identity, ...COLUMNS]}
      pages={pages}
      keyOf={({ number }) => String(number)}
    />
  );
};
