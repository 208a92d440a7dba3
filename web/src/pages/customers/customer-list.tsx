import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Pages } from '../../api/pages.js';
import { inWords } from '../../lib/format.js';
import { Badge } from '../../ui/badge.js';
import { LongTable, type Column } from '../../ui/long-table.js';
import type { CustomerLine } from './customers.graphql.js';

interface Props {
  readonly pages: Pages<CustomerLine>;
  readonly mayRemap: boolean;
}

const COLUMNS: readonly Column<CustomerLine>[] = [
  { title: 'Name', width: 'minmax(0, 2fr)', cell: ({ name }) => name },
  {
    title: 'Mapped to',
    width: 'minmax(0, 1fr)',
    cell: ({ mappedTier }) => mappedTier ?? <span className="soft">not mapped</span>,
  },
  {
    title: 'Contracts',
    width: 'minmax(0, 1.4fr)',
    cell: ({ exceptions: [exception], contracts }) =>
      exception ? (
        <Badge tone="wrong">{inWords(exception.kind)}</Badge>
      ) : (
        <span className="soft">{contracts.map(({ id }) => id).join(', ')}</span>
      ),
  },
];

export const CustomerList = ({ pages, mayRemap }: Props) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const identity: Column<CustomerLine> = {
    title: 'Customer',
    width: 'minmax(130px, 1fr)',
    cell: ({ id }) => (
      <span className="row nowrap">
        {mayRemap && (
          <input
            type="checkbox"
            aria-label={`Choose ${id}`}
            checked={chosen.has(id)}
            onChange={() => toggle(id)}
          />
        )}
        <Link to="/customers/$id" params={{ id }}>
          {id}
        </Link>
      </span>
    ),
  };
  return (
    <>
      <div className="row apart">
        <h2 aria-live="polite">
          {pages.total === null
            ? 'Counting …'
            : `${pages.total.toLocaleString()} ${pages.total === 1 ? 'customer' : 'customers'}`}
        </h2>
        {chosen.size > 0 && (
          <Link className="button small primary" to="/remap" search={{ ids: [...chosen].join(',') }}>
            Remap {chosen.size}
          </Link>
        )}
      </div>
      <LongTable label="Customers" columns={[identity, ...COLUMNS]} pages={pages} keyOf={({ id }) => id} />
    </>
  );
};
