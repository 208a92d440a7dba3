import { EXCEPTION_KINDS } from '@domain/binding/exception-kind.js';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { usePages } from '../../api/pages.js';
import type { SlaException } from '../../api/fragments.js';
import { exportAddress } from '../../lib/export-address.js';
import { inWords } from '../../lib/format.js';
import { StatusBadge } from '../../ui/badge.js';
import { Select } from '../../ui/field.js';
import { FilterInput } from '../../ui/filter-input.js';
import { LongTable, type Column } from '../../ui/long-table.js';
import { MomentPicker, useMomentInWords } from '../../ui/moment-picker.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { ExceptionActions } from './exception-actions.js';
import { ExceptionTask } from './exception-task.js';
import { Exceptions } from './exceptions.graphql.js';

const STATUSES = ['OPEN', 'ACKNOWLEDGED', 'WAIVED', 'RESOLVED'] as const;

const choices = (all: string, values: readonly string[]): readonly (readonly [string, string])[] => [
  ['', all],
  ...values.map((value) => [value, inWords(value)] as const),
];

export const ExceptionsPage = () => {
  const search = useSearch({ from: '/exceptions' });
  const navigate = useNavigate({ from: '/exceptions' });
  const kind = EXCEPTION_KINDS.find((each) => each === search.kind);
  const status = STATUSES.find((each) => each === search.status);
  const { at, knownAt, customer } = search;
  const moment = useMomentInWords({ at, knownAt });
  const pages = usePages(
    Exceptions,
    { filter: { kind, status, customerId: customer }, at, knownAt },
    ({ exceptions }) => exceptions,
  );
  const go = (change: Partial<typeof search>) => void navigate({ search: { ...search, ...change } });
  return (
    <Page
      title="Exceptions"
      about={moment ?? 'Facts that contradict one another, so that no single promise can be named.'}
      actions={
        <a className="button" href={exportAddress('exceptions', { at, knownAt })} download>
          All as CSV
        </a>
      }
    >
      <div className="row no-print">
        <Select
          label="Kind"
          options={choices('Every kind', EXCEPTION_KINDS)}
          value={kind ?? ''}
          onChange={({ target }) => go({ kind: target.value || undefined })}
        />
        <Select
          label="Status"
          options={choices('Not resolved', STATUSES)}
          value={status ?? ''}
          onChange={({ target }) => go({ status: target.value || undefined })}
        />
        <FilterInput
          label="Customer"
          placeholder="Every customer"
          value={customer}
          onChange={(next) => go({ customer: next })}
        />
        <MomentPicker value={{ at, knownAt }} onChange={go} />
      </div>
      <Answer query={pages.query}>
        {() =>
          pages.nodes.length === 0 ? (
            <Empty title="No exception">
              <p>
                Every customer that matches has one promise that can be named. Exceptions show here by
                themselves.
              </p>
            </Empty>
          ) : (
            <LongTable label="Exceptions" columns={COLUMNS} pages={pages} keyOf={({ id }) => id} />
          )
        }
      </Answer>
    </Page>
  );
};

const COLUMNS: readonly Column<SlaException>[] = [
  {
    title: 'Customer',
    width: 'minmax(110px, 1fr)',
    cell: ({ customerId, contractId }) => (
      <Link to="/" search={{ id: customerId ?? contractId ?? '' }}>
        {customerId ?? contractId}
      </Link>
    ),
  },
  {
    title: 'What is wrong',
    width: 'minmax(0, 2fr)',
    cell: ({ kind, mappedTier, contractTier, resolution }) => (
      <>
        <strong>{inWords(kind)}</strong>
        <div className="soft small">
          {kind === 'TIER_MISMATCH' ? `mapped to ${mappedTier}, contracted ${contractTier}` : resolution}
        </div>
      </>
    ),
  },
  { title: 'Since', width: 'minmax(90px, 0.8fr)', cell: ({ since }) => <Time at={since} form="day" /> },
  {
    title: 'Status',
    width: 'minmax(0, 2fr)',
    cell: (exception) => (
      <>
        <StatusBadge status={exception.status} />
        <ExceptionTask exception={exception} />
      </>
    ),
  },
  {
    title: 'Way out',
    width: 'minmax(0, 284px)',
    cell: (exception) => <ExceptionActions exception={exception} />,
  },
];
