import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useAsk } from '../../api/hooks.js';
import { atLeast } from '../../api/freshness.js';
import { inWords } from '../../lib/format.js';
import { Select } from '../../ui/field.js';
import { MomentPicker, useMomentInWords } from '../../ui/moment-picker.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { BindingAnswer } from './binding-answer.js';
import { ExceptionAnswer } from './exception-answer.js';
import { Lookup, Suggest, type Answered } from './lookup.graphql.js';
import { LookupField } from './lookup-field.js';

/** By what one may ask, and what is typed then. */
const WAYS = {
  customerId: {
    name: 'Customer',
    label: 'ID or name',
    placeholder: 'CUST-1001',
    title: 'Type a customer ID or a name',
  },
  contractId: {
    name: 'Contract',
    label: 'Contract ID',
    placeholder: 'CTR-2026-101',
    title: 'Type a contract ID',
  },
} as const;
type By = keyof typeof WAYS;

const BYS = Object.keys(WAYS) as readonly By[];

export const LookupPage = () => {
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const { id, at, knownAt } = search;
  const by = BYS.find((each) => each === search.by) ?? 'customerId';
  const { label, placeholder, title } = WAYS[by];
  const moment = useMomentInWords({ at, knownAt });
  return (
    <Page title="Look up" about="What exactly did we promise, who approved it, and since when?" narrow>
      <div className="panel padded stack">
        <div className="lookup-bar">
          <Select
            label="By"
            options={BYS.map((each) => [each, WAYS[each].name] as const)}
            value={by}
            onChange={({ target }) => void navigate({ search: { at, knownAt, by: target.value } })}
          />
          <LookupField
            label={label}
            placeholder={placeholder}
            suggests={by === 'customerId'}
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
        <Empty title={title}>
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
  readonly by: By;
  readonly id: string;
  readonly at: string | undefined;
  readonly knownAt: string | undefined;
}

const Found = ({ by, id, at, knownAt }: Asked) => {
  const input = { [by]: id, at, knownAt, atLeast: atLeast() };
  const query = useAsk(Lookup, { input });
  return (
    <>
      <p role="status" className="visually-hidden">
        {query.data && inShort(query.data.lookup)}
      </p>
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
    </>
  );
};

/** For those who hear the page: what came of the question they just asked. */
const inShort = (answer: Answered): string => {
  switch (answer.__typename) {
    case 'BindingSla':
      return `${answer.customerId ?? answer.contractId} has the tier ${answer.tier}.`;
    case 'SlaException':
      return `${answer.customerId ?? answer.contractId} has no binding SLA: ${inWords(answer.kind)}.`;
    case 'UnknownCustomer':
      return `${answer.id} is not known.`;
  }
};

interface UnknownProps {
  readonly id: string;
  readonly nearest: readonly string[];
  readonly by: By;
}

/** What was typed may be a name, or nearly an ID. */
const Unknown = ({ id, nearest, by }: UnknownProps) => {
  const { data } = useAsk(Suggest, { search: id }, { enabled: by === 'customerId' });
  const named = data?.customers.nodes ?? [];
  const meant = named.length > 0 ? named : nearest.map((near) => ({ id: near, name: null }));
  return (
    <Empty title={`Nothing is known of ${id}`}>
      {meant.length > 0 ? (
        <p>
          Did you mean{' '}
          {meant.map((each, index) => (
            <Fragment key={each.id}>
              {index > 0 && ', '}
              <Link to="/" search={{ id: each.id, by }}>
                {each.id}
              </Link>
              {each.name !== null && ` (${each.name})`}
            </Fragment>
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
};
