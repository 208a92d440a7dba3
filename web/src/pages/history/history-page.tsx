import { useNavigate, useSearch } from '@tanstack/react-router';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { usePages } from '../../api/pages.js';
import { formText } from '../../lib/form-text.js';
import { inWords } from '../../lib/format.js';
import { Button } from '../../ui/button.js';
import { Input, Select } from '../../ui/field.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { Matrix } from '../matrix/matrix.graphql.js';
import { Comparison } from './comparison.js';
import { History } from './history.graphql.js';
import { choosing, pairOf } from './pair.js';
import { KINDS, type HistorySubject } from './subject.js';
import { VersionPicture } from './version-picture.js';
import { VersionTable } from './version-table.js';

export const HistoryPage = () => {
  const search = useSearch({ from: '/history' });
  const navigate = useNavigate({ from: '/history' });
  const kind = KINDS.find((each) => each === search.kind) ?? 'TIER';
  const { data } = useAsk(Matrix, { atLeast: atLeast() }, { keep: true });
  const id =
    search.id ??
    (kind === 'TIER' ? data?.matrix.tiers[0]?.key : kind === 'APPROVAL_POLICY' ? 'policy' : undefined);
  return (
    <Page title="History" about="Every version: when it binds, and when it was recorded.">
      <form
        className="row"
        key={`${kind} ${id}`}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          void navigate({ search: { kind, id: formText(form, 'id') } });
        }}
      >
        <Select
          label="Of a"
          options={KINDS.map((each) => [each, inWords(each)] as const)}
          value={kind}
          onChange={({ target }) => void navigate({ search: { kind: target.value } })}
        />
        {kind !== 'APPROVAL_POLICY' && (
          <Input label="ID" name="id" defaultValue={id ?? ''} required list="known-ids" />
        )}
        <datalist id="known-ids">
          {kind === 'TIER' &&
            data?.matrix.tiers.map(({ key, name }) => <option key={key} value={key} label={name} />)}
        </datalist>
        {kind !== 'APPROVAL_POLICY' && <Button type="submit">Show</Button>}
      </form>
      {id === undefined ? (
        <Empty title="Whose history?">
          <p>Type the ID of a {inWords(kind).toLowerCase()} above.</p>
        </Empty>
      ) : (
        <Versions key={`${kind} ${id}`} subject={{ kind, id }} />
      )}
    </Page>
  );
};

const Versions = ({ subject }: { readonly subject: HistorySubject }) => {
  const { a, b } = useSearch({ from: '/history' });
  const navigate = useNavigate({ from: '/history' });
  const pages = usePages(History, { subject, newestFirst: true }, ({ history }) => history);
  const newest = pages.nodes[0]?.number ?? 0;
  const pair = pairOf(a, b, newest);
  const compare = ([one, other]: readonly number[]): void =>
    void navigate({ search: (old) => ({ ...old, a: String(one), b: String(other) }), replace: true });
  // In the order of choice, which is the order of the address.
  const chosen = a === undefined || b === undefined ? pair : [Number(a), Number(b)];
  const choose = newest > 1 ? (number: number): void => compare(choosing(chosen, number)) : undefined;
  return (
    <Answer query={pages.query}>
      {() =>
        newest === 0 ? (
          <Empty title={`Nothing was ever approved for ${subject.id}`}>
            <p>The ID may be mistyped, or its proposals are still open.</p>
          </Empty>
        ) : (
          <>
            <VersionPicture subject={subject} newest={newest} chosen={pair} onChoose={choose} />
            {newest > 1 && <Comparison subject={subject} newest={newest} pair={pair} onCompare={compare} />}
            <VersionTable pages={pages} chosen={pair} onChoose={choose} />
          </>
        )
      }
    </Answer>
  );
};
