import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Version } from '../../api/fragments.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { inWords } from '../../lib/format.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Input, Select } from '../../ui/field.js';
import { Page, Panel } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { Matrix } from '../matrix/matrix.graphql.js';
import { DiffTable } from '../changes/diff-table.js';
import { contentDiff } from './content-diff.js';
import { History } from './history.graphql.js';
import { VersionChart } from './version-chart.js';

const KINDS = ['TIER', 'CUSTOMER', 'CONTRACT', 'COVERAGE', 'APPROVAL_POLICY'] as const;
type Kind = (typeof KINDS)[number];

export const HistoryPage = () => {
  const search = useSearch({ from: '/history' });
  const navigate = useNavigate({ from: '/history' });
  const kind: Kind = KINDS.find((each) => each === search.kind) ?? 'TIER';
  const { data } = useAsk(Matrix, { atLeast: atLeast() }, { keep: true });
  const id =
    search.id ??
    (kind === 'TIER' ? data?.matrix.tiers[0]?.key : kind === 'APPROVAL_POLICY' ? 'policy' : undefined);
  return (
    <Page title="History" about="Every version: when it binds, and when it was learnt.">
      <form
        className="row"
        key={`${kind} ${id}`}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          void navigate({ search: { kind, id: String(form.get('id') ?? '') } });
        }}
      >
        <Select
          label="Of a"
          options={KINDS.map((each) => [each, inWords(each)] as const)}
          value={kind}
          onChange={({ target }) => void navigate({ search: { kind: target.value } })}
        />
        {kind !== 'APPROVAL_POLICY' && <Input label="ID" name="id" defaultValue={id ?? ''} required />}
        {kind !== 'APPROVAL_POLICY' && <Button type="submit">Show</Button>}
      </form>
      {id === undefined ? (
        <Empty title="Whose history?">
          <p>Type the ID of a {inWords(kind).toLowerCase()} above.</p>
        </Empty>
      ) : (
        <Versions key={`${kind} ${id}`} kind={kind} id={id} />
      )}
    </Page>
  );
};

const Versions = ({ kind, id }: { readonly kind: Kind; readonly id: string }) => {
  const query = useAsk(History, { subject: { kind, id }, first: 200, atLeast: atLeast() }, { keep: true });
  return (
    <Answer query={query}>
      {({ history: { nodes } }) =>
        nodes.length === 0 ? (
          <Empty title={`Nothing was ever approved for ${id}`}>
            <p>The ID may be mistyped, or its proposals are still open.</p>
          </Empty>
        ) : (
          <Drawn versions={nodes} />
        )
      }
    </Answer>
  );
};

const nameOf = (content: unknown): string => {
  const { name, toTier, tier } = content as {
    readonly name?: string;
    readonly toTier?: string;
    readonly tier?: string;
  };
  return name ?? toTier ?? tier ?? '';
};

const Drawn = ({ versions }: { readonly versions: readonly Version[] }) => {
  const newest = versions.reduce((max, { number }) => Math.max(max, number), 0);
  const [pair, setPair] = useState<readonly number[]>(newest > 1 ? [newest - 1, newest] : [newest]);
  const [a, b] = pair.map((number) => versions.find((version) => version.number === number));
  return (
    <>
      <Panel title="When each binds">
        <VersionChart
          versions={versions}
          nameOf={nameOf}
          chosen={pair}
          onChoose={(number) =>
            setPair([...pair.filter((each) => each !== number), number].slice(-2).sort((x, y) => x - y))
          }
        />
        <p className="soft small">
          Down: in the order in which they became known, with the day. Across: when they bind. Dashed: to
          come. Choose two to compare them.
        </p>
      </Panel>
      {a && b && (
        <Panel title={`Version ${a.number} and version ${b.number}`} padded={false}>
          <DiffTable diff={[...contentDiff(a.content, b.content)]} />
        </Panel>
      )}
      <Panel title="Versions" padded={false}>
        <div className="table-wrap" role="region" aria-label="Versions" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Binds</th>
                <th scope="col">Recorded</th>
                <th scope="col">Proposed by</th>
                <th scope="col">Approved by</th>
                <th scope="col">Reason</th>
              </tr>
            </thead>
            <tbody>
              {versions.map((version) => (
                <tr key={version.number}>
                  <td>
                    <span className="row">
                      <Link to="/changes/$id" params={{ id: version.changeId }}>
                        {version.number}
                      </Link>
                      {version.backdated && <Badge tone="proposed">Backdated</Badge>}
                      {version.selfApproved && <Badge tone="proposed">Self-approved</Badge>}
                    </span>
                  </td>
                  <td>
                    <Time at={version.effectiveFrom} />
                    {version.effectiveTo !== null && (
                      <>
                        {' '}
                        – <Time at={version.effectiveTo} />
                      </>
                    )}
                  </td>
                  <td>
                    <Time at={version.recordedAt} />
                  </td>
                  <td>{version.proposedBy}</td>
                  <td>{version.approvedBy.join(', ')}</td>
                  <td className="quote">{version.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </>
  );
};
