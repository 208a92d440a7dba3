import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { fieldDeltas } from '@domain/change/field-deltas.js';
import { usePages } from '../../api/pages.js';
import { useMay } from '../../api/session.js';
import { DayInput } from '../../ui/day-input.js';
import { Select } from '../../ui/field.js';
import { FilterInput } from '../../ui/filter-input.js';
import { LongTable, type Column } from '../../ui/long-table.js';
import { Page } from '../../ui/page.js';
import { Person } from '../../ui/person.js';
import { Answer, Empty } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { DiffTable } from '../changes/diff-table.js';
import { AuditLog, type AuditEntry } from './audit.graphql.js';
import { EVENTS, eventInWords } from './events.js';
import { ReplayPanel } from './replay-panel.js';

export const AuditPage = () => {
  const search = useSearch({ from: '/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const mayAudit = useMay('audit');
  const { actor, type, change } = search;
  // A day is one of the organization's: the server knows where it begins and ends.
  const filter = { actor, type, changeId: change, from: search.from, to: search.to };
  const pages = usePages(AuditLog, { filter }, ({ auditLog }) => auditLog, { enabled: mayAudit });
  const go = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next } });
  const day = (name: 'from' | 'to') => ({
    value: search[name] ?? '',
    onChange: (next: string) => go({ [name]: next || undefined }),
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
          All as CSV
        </a>
      }
    >
      <ReplayPanel />
      <div className="row">
        <FilterInput
          label="By"
          placeholder="Anybody"
          value={actor}
          onChange={(next) => go({ actor: next })}
        />
        <Select
          label="Event"
          options={[['', 'Every event'], ...EVENTS.map((each) => [each, eventInWords(each)] as const)]}
          value={type ?? ''}
          onChange={({ target }) => go({ type: target.value || undefined })}
        />
        <DayInput label="From" {...day('from')} />
        <DayInput label="To" {...day('to')} />
      </div>
      <Answer query={pages.query}>
        {() =>
          pages.nodes.length === 0 ? (
            <Empty title="Nothing happened that matches">
              <p>Ask for less: another day, anybody, any event.</p>
            </Empty>
          ) : (
            <LongTable label="Audit log" columns={COLUMNS} pages={pages} keyOf={({ id }) => id} />
          )
        }
      </Answer>
    </Page>
  );
};

const Difference = ({ entry }: { readonly entry: AuditEntry }) => {
  const deltas = fieldDeltas(entry.before, entry.after);
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

/** The id of an import says nothing to anybody. */
const subjectInWords = (subject: AuditEntry['subject']): string | undefined =>
  subject?.kind === 'IMPORT' ? 'Import of a sheet' : subject?.id;

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: 'When', width: 'minmax(130px, 1fr)', cell: ({ recordedAt }) => <Time at={recordedAt} /> },
  {
    title: 'Who',
    width: 'minmax(0, 1.4fr)',
    cell: ({ actor, roles }) => (
      <>
        <Person name={actor} />
        <div className="soft small">{roles.join(', ')}</div>
      </>
    ),
  },
  {
    title: 'What',
    width: 'minmax(0, 2.4fr)',
    cell: (entry) => (
      <>
        <strong>{eventInWords(entry.type)}</strong>
        {entry.reason !== null && <div className="quote small">“{entry.reason}”</div>}
        <Difference entry={entry} />
      </>
    ),
  },
  {
    title: 'About',
    width: 'minmax(0, 1fr)',
    cell: ({ changeId, subject }) =>
      changeId === null ? (
        subjectInWords(subject)
      ) : (
        <Link to="/changes/$id" params={{ id: changeId }}>
          {subjectInWords(subject) ?? 'change'}
        </Link>
      ),
  },
];
