import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { useMay } from '../../api/session.js';
import { Button } from '../../ui/button.js';
import { Input } from '../../ui/field.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { contentDiff } from '../history/content-diff.js';
import { DiffTable } from '../changes/diff-table.js';
import { AuditLog, type AuditEntry } from './audit.graphql.js';
import { ReplayPanel } from './replay-panel.js';

const PAGE = 50;

/** The instants at which a local day begins, and the next one does. */
const startOf = (day: string | undefined, later = 0): string | undefined => {
  if (day === undefined) return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
};

export const AuditPage = () => {
  const search = useSearch({ from: '/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const mayAudit = useMay('audit');
  const [first, setFirst] = useState(PAGE);
  const { actor, type, change } = search;
  const filter = { actor, type, changeId: change, from: startOf(search.from), to: startOf(search.to, 1) };
  const query = useAsk(AuditLog, { filter, first, atLeast: atLeast() }, { keep: true, enabled: mayAudit });
  const go = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next } });
  const text = (name: 'actor' | 'type' | 'from' | 'to') => ({
    value: search[name] ?? '',
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      go({ [name]: target.value || undefined }),
  });
  if (!mayAudit)
    return (
      <Page title="Audit">
        <Empty title="The audit log is not open to you">
          <p>
            Ask somebody with the role compliance or admin. What concerns one change stands on the page of
            that change.
          </p>
        </Empty>
      </Page>
    );
  return (
    <Page
      title="Audit"
      about="Who did what, when, and what it changed."
      actions={
        <a className="button" href="/v1/export/audit.csv" download>
          CSV
        </a>
      }
    >
      <ReplayPanel />
      <div className="row">
        <Input label="By" placeholder="ada@example.com" {...text('actor')} />
        <Input label="Event" placeholder="ChangeApproved" {...text('type')} />
        <Input label="From" type="date" {...text('from')} />
        <Input label="To" type="date" {...text('to')} />
      </div>
      <Answer query={query}>
        {({ auditLog: { nodes, totalCount, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty title="Nothing happened that matches">
              <p>Ask for less: another day, anybody, any event.</p>
            </Empty>
          ) : (
            <>
              <Entries entries={nodes} />
              {pageInfo.hasNextPage && first < 200 && (
                <Button onClick={() => setFirst(200)}>
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

const Entries = ({ entries }: { readonly entries: readonly AuditEntry[] }) => (
  <div className="panel table-wrap" role="region" aria-label="Audit log" tabIndex={0}>
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">About</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <Time at={entry.recordedAt} />
            </td>
            <td>
              {entry.actor}
              <div className="soft small">{entry.roles.join(', ')}</div>
            </td>
            <td>
              <strong>{entry.type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}</strong>
              {entry.reason !== null && <div className="quote small">“{entry.reason}”</div>}
              <Difference entry={entry} />
            </td>
            <td>
              {entry.changeId === null ? (
                entry.subject?.id
              ) : (
                <Link to="/changes/$id" params={{ id: entry.changeId }}>
                  {entry.subject?.id ?? 'change'}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Difference = ({ entry }: { readonly entry: AuditEntry }) => {
  const deltas = contentDiff(entry.before, entry.after);
  if (deltas.length === 0) return null;
  return (
    <details className="small">
      <summary>
        {deltas.length} {deltas.length === 1 ? 'difference' : 'differences'}
      </summary>
      <DiffTable diff={[...deltas]} />
    </details>
  );
};
