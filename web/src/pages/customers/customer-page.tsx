import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { useMay } from '../../api/session.js';
import { formatAmount, formatDate, inWords } from '../../lib/format.js';
import { Badge, StatusBadge } from '../../ui/badge.js';
import { MomentPicker, useMomentInWords } from '../../ui/moment-picker.js';
import { Page, Panel } from '../../ui/page.js';
import { Person } from '../../ui/person.js';
import { Answer, Empty } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { ExceptionActions } from '../exceptions/exception-actions.js';
import { contentName } from '../history/subject.js';
import { VersionChart } from '../history/version-chart.js';
import { CustomerById } from './customers.graphql.js';

/** One customer's whole story: what they are treated as, what they signed, what is wrong, and how it came about. */
export const CustomerPage = () => {
  const { id } = useParams({ from: '/customers/$id' });
  const search = useSearch({ from: '/customers/$id' });
  const navigate = useNavigate({ from: '/customers/$id' });
  const mayPropose = useMay('propose');
  const moment = useMomentInWords(search);
  const query = useAsk(CustomerById, { id, ...search, atLeast: atLeast() }, { keep: true });
  return (
    <Answer query={query} height={480}>
      {({ customer, history, changes }) =>
        customer === null ? (
          <Page title={id} about={moment}>
            <Empty title={moment === null ? `Nothing is known of ${id}` : `Nothing was known of ${id} then`}>
              <p>
                The link may be cut off. Look among <Link to="/customers">all customers</Link>.
              </p>
            </Empty>
          </Page>
        ) : (
          <Page
            title={customer.name ?? customer.id}
            about={
              <span className="row">
                <span className="mono">{customer.id}</span>
                <span>{moment ?? 'treated now as'}</span>
                <Badge tone={customer.mappedTier === null ? 'wrong' : 'live'}>
                  {customer.mappedTier ?? 'not mapped'}
                </Badge>
              </span>
            }
            actions={
              <>
                <Link className="button" to="/" search={{ id }}>
                  Look up
                </Link>
                {mayPropose && (
                  <>
                    <Link className="button" to="/contract" search={{ customer: id }}>
                      New contract
                    </Link>
                    <Link className="button primary" to="/remap" search={{ ids: id }}>
                      Remap
                    </Link>
                  </>
                )}
              </>
            }
          >
            <div className="row no-print">
              <MomentPicker value={search} onChange={(next) => void navigate({ search: next })} />
            </div>
            {customer.exceptions.map((exception) => (
              <div key={exception.id} className="notice wrong">
                <div className="row apart">
                  <h2>{inWords(exception.kind)}</h2>
                  <StatusBadge status={exception.status} />
                </div>
                <p>
                  Since <Time at={exception.since} />. {exception.resolution}
                </p>
                <ExceptionActions exception={exception} />
              </div>
            ))}
            <Panel title="Contracts" padded={false}>
              {customer.contracts.length === 0 ? (
                <Empty title="No contract">
                  <p>Without one nothing is promised.</p>
                </Empty>
              ) : (
                <div className="table-wrap" role="region" aria-label="Contracts" tabIndex={0}>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">Contract</th>
                        <th scope="col">Tier</th>
                        <th scope="col">From</th>
                        <th scope="col">To</th>
                        <th scope="col">A year</th>
                        <th scope="col">Success manager</th>
                      </tr>
                    </thead>
                    <tbody>
                      {customer.contracts.map((contract) => (
                        <tr key={contract.id}>
                          <td className="together">
                            <Link to="/contract" search={{ id: contract.id }}>
                              {contract.id}
                            </Link>
                          </td>
                          <td>
                            {contract.tier}{' '}
                            {contract.overrides !== null && <Badge tone="scheduled">own terms</Badge>}
                          </td>
                          <td className="together">{formatDate(contract.startsOn)}</td>
                          <td className="together">
                            {contract.endsOn === null ? 'open' : formatDate(contract.endsOn)}
                          </td>
                          <td className="together">
                            {contract.annualValue === null
                              ? '—'
                              : formatAmount(contract.annualValue, contract.currency)}
                          </td>
                          <td>{contract.csmEmail === null ? '—' : <Person name={contract.csmEmail} />}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </Panel>
            <Panel title="Mapping over time">
              {history.nodes.length === 0 ? (
                <p className="soft">Never mapped.</p>
              ) : (
                <>
                  <VersionChart versions={history.nodes} nameOf={contentName} />
                  <p className="small">
                    <Link to="/history" search={{ kind: 'CUSTOMER', id }}>
                      {history.totalCount === 1 ? 'The version' : `All ${history.totalCount} versions`} in
                      words
                    </Link>
                  </p>
                </>
              )}
            </Panel>
            <Panel title="Changes">
              {changes.nodes.length === 0 ? (
                <p className="soft">None of their own: what is known came with an import.</p>
              ) : (
                <ul className="stack tight">
                  {changes.nodes.map((change) => (
                    <li key={change.id} className="row">
                      <StatusBadge status={change.status} />
                      <Link to="/changes/$id" params={{ id: change.id }}>
                        {inWords(change.kind)}
                      </Link>
                      <span className="soft">
                        <Person name={change.proposedBy} />, <Time at={change.proposedAt} form="relative" />
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </Panel>
          </Page>
        )
      }
    </Answer>
  );
};
