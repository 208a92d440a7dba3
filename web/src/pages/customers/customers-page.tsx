import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { usePages } from '../../api/pages.js';
import { useMay } from '../../api/session.js';
import { Input, Select } from '../../ui/field.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { Matrix } from '../matrix/matrix.graphql.js';
import { CustomerList } from './customer-list.js';
import { Customers } from './customers.graphql.js';

/** Milliseconds: an import goes on behind its approval, and the list keeps up with it. */
const LOOK_EVERY_MS = 10_000;

export const CustomersPage = () => {
  const search = useSearch({ from: '/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const mayPropose = useMay('propose');
  const [text, setText] = useState(search.search ?? '');
  const typed = useDeferredValue(text.trim());
  useEffect(() => {
    void navigate({ search: (old) => ({ ...old, search: typed || undefined }), replace: true });
  }, [typed, navigate]);
  const filter = {
    search: typed || undefined,
    tier: search.tier,
    withException: search.exception === '1' ? true : undefined,
  };
  const { data: matrix } = useAsk(Matrix, { atLeast: atLeast() }, { keep: true });
  const pages = usePages(Customers, { filter }, ({ customers }) => customers, {
    every: LOOK_EVERY_MS,
    countApart: true,
  });
  const go = (change: Partial<typeof search>) => void navigate({ search: { ...search, ...change } });
  return (
    <Page
      title="Customers"
      about="Who is promised what."
      actions={
        <a className="button" href="/v1/export/customers.csv" download>
          All as CSV
        </a>
      }
    >
      <div className="row">
        <Input
          label="ID or name begins with"
          type="search"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Select
          label="Mapped to"
          options={[
            ['', 'Every tier'],
            ...(matrix?.matrix.tiers ?? []).map(({ key, name }) => [key, name] as const),
          ]}
          value={search.tier ?? ''}
          onChange={({ target }) => go({ tier: target.value || undefined })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={search.exception === '1'}
            onChange={({ target }) => go({ exception: target.checked ? '1' : undefined })}
          />
          With an exception
        </label>
      </div>
      <Answer query={pages.query} height={480}>
        {() =>
          pages.nodes.length === 0 ? (
            <Empty title="No customer matches">
              <p>{mayPropose ? 'Search for less, or import the reference sheet.' : 'Search for less.'}</p>
            </Empty>
          ) : (
            <CustomerList pages={pages} mayRemap={mayPropose} />
          )
        }
      </Answer>
    </Page>
  );
};
