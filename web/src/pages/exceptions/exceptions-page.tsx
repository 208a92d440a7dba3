import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import type { SlaException } from '../../api/fragments.js';
import { inWords } from '../../lib/format.js';
import { StatusBadge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Input, Select } from '../../ui/field.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { ExceptionActions } from './exception-actions.js';
import { Exceptions } from './exceptions.graphql.js';

const KINDS = [
  'TIER_MISMATCH',
  'NO_ACTIVE_CONTRACT',
  'UNMAPPED',
  'UNKNOWN_TIER',
  'AMBIGUOUS_CONTRACTS',
  'INCOMPLETE_TERMS',
] as const;
const STATUSES = ['OPEN', 'ACKNOWLEDGED', 'WAIVED', 'RESOLVED'] as const;
const PAGE = 50;

const choices = (all: string, values: readonly string[]): readonly (readonly [string, string])[] => [
  ['', all],
  ...values.map((value) => [value, inWords(value)] as const),
];

export const ExceptionsPage = () => {
  const search = useSearch({ from: '/exceptions' });
  const navigate = useNavigate({ from: '/exceptions' });
  const [first, setFirst] = useState(PAGE);
  const kind = KINDS.find((each) => each === search.kind);
  const status = STATUSES.find((each) => each === search.status);
  const { at, knownAt } = search;
  const query = useAsk(
    Exceptions,
    { filter: { kind, status }, at, knownAt, first, atLeast: atLeast() },
    { keep: true },
  );
  const go = (change: Partial<typeof search>) => void navigate({ search: { ...search, ...change } });
  return (
    <Page
      title="Exceptions"
      about="Facts that contradict one another, so that no single promise can be named."
      actions={
        <a className="button" href="/v1/export/exceptions.csv" download>
          CSV
        </a>
      }
    >
      <div className="row no-print">
        <Select
          label="Kind"
          options={choices('Every kind', KINDS)}
          value={kind ?? ''}
          onChange={({ target }) => go({ kind: target.value || undefined })}
        />
        <Select
          label="Status"
          options={choices('Every status', STATUSES)}
          value={status ?? ''}
          onChange={({ target }) => go({ status: target.value || undefined })}
        />
        <Input
          label="On"
          type="date"
          value={at ?? ''}
          onChange={({ target }) => go({ at: target.value || undefined })}
        />
      </div>
      <Answer query={query}>
        {({ exceptions: { nodes, totalCount, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty title="No exception">
              <p>
                Every customer that matches has one promise that can be named. Exceptions show here by
                themselves.
              </p>
            </Empty>
          ) : (
            <>
              <ExceptionTable exceptions={nodes} />
              {pageInfo.hasNextPage && (
                <Button onClick={() => setFirst(Math.min(200, first + PAGE))}>
                  {nodes.length} of {totalCount}: show more
                </Button>
              )}
            </>
          )
        }
      </Answer>
    </Page>
  );
};

const ExceptionTable = ({ exceptions }: { readonly exceptions: readonly SlaException[] }) => (
  <div className="panel table-wrap" role="region" aria-label="Exceptions" tabIndex={0}>
    <table>
      <thead>
        <tr>
          <th scope="col">Customer</th>
          <th scope="col">What is wrong</th>
          <th scope="col">Since</th>
          <th scope="col">Status</th>
          <th scope="col">Way out</th>
        </tr>
      </thead>
      <tbody>
        {exceptions.map((exception) => (
          <tr key={exception.id}>
            <td>
              <Link to="/" search={{ id: exception.customerId ?? exception.contractId ?? '' }}>
                {exception.customerId ?? exception.contractId}
              </Link>
            </td>
            <td>
              <strong>{inWords(exception.kind)}</strong>
              <div className="soft small">
                {exception.kind === 'TIER_MISMATCH'
                  ? `mapped to ${exception.mappedTier}, contracted ${exception.contractTier}`
                  : exception.resolution}
              </div>
            </td>
            <td>
              <Time at={exception.since} form="day" />
            </td>
            <td>
              <StatusBadge status={exception.status} />
              {exception.note !== null && (
                <div className="soft small">
                  {exception.acknowledgedBy}: {exception.note}
                </div>
              )}
            </td>
            <td>
              <ExceptionActions exception={exception} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
