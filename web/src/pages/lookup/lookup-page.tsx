import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useAsk } from '../../api/hooks.js';
import { atLeast } from '../../api/freshness.js';
import { Select } from '../../ui/field.js';
import { MomentPicker, momentInWords } from '../../ui/moment-picker.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { BindingAnswer } from './binding-answer.js';
import { ExceptionAnswer } from './exception-answer.js';
import { Lookup } from './lookup.graphql.js';
import { LookupField } from './lookup-field.js';

const BY = [
  ['customerId', 'Customer'],
  ['contractId', 'Contract'],
  ['ticketId', 'Ticket'],
] as const;

export const LookupPage = () => {
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const { id, at, knownAt } = search;
  const by = BY.find(([name]) => name === search.by)?.[0] ?? 'customerId';
  const moment = momentInWords({ at, knownAt });
  return (
    <Page title="Look up" about="What exactly did we promise, who approved it, and since when?" narrow>
      <div className="panel padded stack">
        <div className="lookup-bar">
          <Select
            label="By"
            options={BY}
            value={by}
            onChange={({ target }) => void navigate({ search: { ...search, by: target.value } })}
          />
          <LookupField
            key={id ?? ''}
            by={by}
            initial={id ?? ''}
            onPick={(picked) => void navigate({ search: { ...search, id: picked } })}
          />
        </div>
        <div className="row">
          <MomentPicker
            value={{ at, knownAt }}
            onChange={(next) => void navigate({ search: { ...search, ...next } })}
          />
        </div>
      </div>
      {moment !== null && <p className="notice scheduled">{moment}</p>}
      {id === undefined ? (
        <Empty title="Type a customer ID or a name">
          <p>
            The answer names every target, its source, and who approved it. The address of the answer can be
            shared. Or <Link to="/customers">browse the customers</Link>.
          </p>
        </Empty>
      ) : (
        <Found by={by} id={id} at={at} knownAt={knownAt} />
      )}
    </Page>
  );
};

interface Asked {
  readonly by: (typeof BY)[number][0];
  readonly id: string;
  readonly at: string | undefined;
  readonly knownAt: string | undefined;
}

const Found = ({ by, id, at, knownAt }: Asked) => {
  const input = { [by]: id, at, knownAt, atLeast: atLeast() };
  const query = useAsk(Lookup, { input });
  return (
    <Answer query={query} height={420}>
      {({ lookup }) => {
        switch (lookup.__typename) {
          case 'BindingSla':
            return <BindingAnswer sla={lookup} asked={input} />;
          case 'SlaException':
            return <ExceptionAnswer exception={lookup} />;
          case 'UnknownCustomer':
            return <Unknown id={lookup.id} nearest={lookup.nearest} by={by} />;
        }
      }}
    </Answer>
  );
};

const Unknown = ({
  id,
  nearest,
  by,
}: {
  readonly id: string;
  readonly nearest: readonly string[];
  readonly by: string;
}) => (
  <Empty title={`Nothing is known of ${id}`}>
    {nearest.length > 0 ? (
      <p>
        Did you mean{' '}
        {nearest.map((near, index) => (
          <span key={near}>
            {index > 0 && ', '}
            <Link to="/" search={{ id: near, by }}>
              {near}
            </Link>
          </span>
        ))}
        ?
      </p>
    ) : (
      <p>
        Nothing is near it either. Look for the name among the <Link to="/customers">customers</Link>, or{' '}
        <Link to="/import">import</Link> the reference sheet.
      </p>
    )}
  </Empty>
);
