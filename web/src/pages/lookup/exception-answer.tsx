import type { SlaException } from '../../api/fragments.js';
import { formatTarget, inWords } from '../../lib/format.js';
import { StatusBadge } from '../../ui/badge.js';
import { Panel } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { ExceptionActions } from '../exceptions/exception-actions.js';
import { CustomerLink } from './customer-link.js';
import { ExceptionTask } from '../exceptions/exception-task.js';

/** No single promise can be named honestly: both are shown, and what would settle it. */
export const ExceptionAnswer = ({ exception }: { readonly exception: SlaException }) => {
  const { customerId, kind, status, since, resolution, candidates, explanation } = exception;
  return (
    <>
      <div className="notice wrong">
        <div className="row apart">
          <h2>
            {customerId}: {inWords(kind)}
          </h2>
          <span className="row">
            <StatusBadge status={status} />
            {customerId !== null && <CustomerLink id={customerId} />}
          </span>
        </div>
        <p>
          No binding SLA can be named since <Time at={since} />. {resolution}
        </p>
        <ExceptionTask exception={exception} />
        <ExceptionActions exception={exception} />
      </div>
      <div className="grid-2">
        {candidates.map(({ source, tier, terms }, index) => (
          <Panel key={`${source}-${tier}-${index}`} title={`${sideOf(exception, tier)}: ${tier}`}>
            {terms === null ? (
              <p>This tier is not in force.</p>
            ) : (
              <div className="table-wrap">
                <table className="bare">
                  <thead>
                    <tr>
                      <th scope="col">Priority</th>
                      <th scope="col">First response</th>
                      <th scope="col">Resolution</th>
                    </tr>
                  </thead>
                  <tbody>
                    {terms.commitments.map(({ priority, firstResponse, resolution: target }) => (
                      <tr key={priority}>
                        <th scope="row">{priority}</th>
                        <td>{formatTarget(firstResponse)}</td>
                        <td>{formatTarget(target)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Panel>
        ))}
      </div>
      <Panel title="Why">
        <ol className="steps">
          {explanation.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Panel>
    </>
  );
};

/** Which of the facts speaks for a tier. */
const sideOf = ({ mappedTier, contractTier }: SlaException, tier: string): string => {
  if (tier === mappedTier) return tier === contractTier ? 'Mapping and contract' : 'Mapped';
  return tier === contractTier ? 'Contracted' : 'Candidate';
};
