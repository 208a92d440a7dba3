import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ContractContent } from '@domain/change/content.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { inForceAt } from '../../api/in-force.js';
import { useMay } from '../../api/session.js';
import { Page, Panel } from '../../ui/page.js';
import { Answer } from '../../ui/states.js';
import { VersionChart } from '../history/version-chart.js';
import { ContractForm } from './contract-form.js';
import { SubjectVersions } from './propose.graphql.js';

/** Versions of the picture, the newest; the history has them all. */
const DRAWN = 12;

/** A contract: as it is, as it was, and as somebody proposes it. */
export const ContractPage = () => {
  const { id, customer } = useSearch({ from: '/contract' });
  const navigate = useNavigate();
  const mayPropose = useMay('propose');
  const done = (changeId: string) => void navigate({ to: '/changes/$id', params: { id: changeId } });
  if (id === undefined)
    return (
      <Page title="New contract" about="It binds once somebody approves it." narrow>
        <ContractForm
          name={`contract:new:${customer ?? ''}`}
          initial={{ customerId: customer ?? '' }}
          inForce={null}
          onProposed={done}
        />
      </Page>
    );
  return (
    <Page
      title={`Contract ${id}`}
      about={mayPropose ? 'What is in force, and what you propose instead.' : 'What is in force.'}
      narrow
    >
      <Known id={id} mayPropose={mayPropose} onProposed={done} />
    </Page>
  );
};

const Known = ({
  id,
  mayPropose,
  onProposed,
}: {
  readonly id: string;
  readonly mayPropose: boolean;
  readonly onProposed: (changeId: string) => void;
}) => {
  const query = useAsk(
    SubjectVersions,
    { subject: { kind: 'CONTRACT', id }, atLeast: atLeast() },
    { keep: true },
  );
  return (
    <Answer query={query}>
      {({ history: { nodes } }) => {
        // One that ends or begins another day is still what a proposal goes on from.
        const content = (inForceAt(nodes) ?? nodes[0])?.content as ContractContent | undefined;
        return (
          <>
            {nodes.length === 0 && (
              <p className="notice proposed">
                Nothing has been approved for a contract {id}.
                {mayPropose && ' What you propose here begins it.'}
              </p>
            )}
            {nodes.length > 0 && (
              <Panel title="Versions">
                <VersionChart
                  versions={nodes.slice(0, DRAWN)}
                  nameOf={(each) => (each as ContractContent).tier}
                />
              </Panel>
            )}
            {(nodes.length > 0 || mayPropose) && (
              <ContractForm
                key={id}
                name={`contract:${id}`}
                initial={content ?? { contractId: id }}
                inForce={content ?? null}
                readOnly={!mayPropose}
                onProposed={onProposed}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
};
