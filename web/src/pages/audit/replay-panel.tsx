import { useState } from 'react';
import { useAsk } from '../../api/hooks.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/page.js';
import { Answer } from '../../ui/states.js';
import { AuditReplay } from './audit.graphql.js';

/** Builds the present again from the log alone, and says whether what is served is that. */
export const ReplayPanel = () => {
  const [asked, setAsked] = useState(false);
  const query = useAsk(AuditReplay, {}, { enabled: asked });
  return (
    <Panel
      title="Replay"
      actions={
        <Button busy={query.isFetching} onClick={() => (asked ? void query.refetch() : setAsked(true))}>
          {asked ? 'Replay again' : 'Replay the log'}
        </Button>
      }
    >
      {!asked ? (
        <p className="soft">
          Builds what is in force again from the log alone, and compares it with what this product answers.
        </p>
      ) : (
        <Answer query={query} height={60}>
          {({ auditReplay: { events, stateHash, differences } }) => (
            <div className="stack tight" role="status">
              <p className="row">
                {differences.length === 0 ? (
                  <Badge tone="live">What is served is what the log says</Badge>
                ) : (
                  <Badge tone="wrong">{differences.length} differences</Badge>
                )}
                <span className="soft">{events.toLocaleString()} events read</span>
              </p>
              <p className="soft small">
                State <code>{stateHash}</code>
              </p>
              <ul>
                {differences.map(({ readModel, id }) => (
                  <li key={`${readModel} ${id}`}>
                    {readModel}: {id} is served otherwise than the log says.
                  </li>
                ))}
              </ul>
            </div>
          )}
        </Answer>
      )}
    </Panel>
  );
};
