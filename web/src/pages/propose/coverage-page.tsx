import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCoverageKeys } from '../../api/coverage-keys.js';
import { useCoverages, type KnownCoverage } from '../../api/coverages.js';
import { useTell } from '../../api/hooks.js';
import { useMay } from '../../api/session.js';
import { Page } from '../../ui/page.js';
import { timingInput } from '../../ui/proposal-fields.js';
import { CoverageFields } from './coverage-fields.js';
import { ProposalForm } from './proposal-form.js';
import { ProposeCoverage } from './propose.graphql.js';

export const CoveragePage = () => {
  const search = useSearch({ from: '/coverage' });
  const approved = useCoverageKeys();
  const keys = [...new Set([...approved, ...(search.key ? [search.key] : [])])];
  const coverages = useCoverages(keys);
  const key = search.key ?? keys[0] ?? 'business-hours';
  const known = coverages.get(key);
  return (
    <Page title="Coverage" about="The hours in which a clock runs." narrow>
      <nav className="tabs" aria-label="Which coverage">
        {keys.map((each) => (
          <Link
            key={each}
            to="/coverage"
            search={{ key: each }}
            aria-current={each === key ? 'page' : undefined}
            activeProps={{}}
          >
            {each}
          </Link>
        ))}
      </nav>
      {known && !known.own && (
        <p className="notice proposed">
          {key} has not been approved by your organization. Until it is, these hours are assumed where the
          matrix names it.
        </p>
      )}
      {known && <CoverageForm key={`${key} ${String(known.own)}`} known={known} />}
    </Page>
  );
};

const CoverageForm = ({ known: { content, own } }: { readonly known: KnownCoverage }) => {
  const mayPropose = useMay('propose');
  const navigate = useNavigate();
  const propose = useTell(ProposeCoverage);
  return (
    <ProposalForm
      name={`coverage:${content.key}`}
      kind="COVERAGE"
      initial={content}
      inForce={own ? content : null}
      readOnly={!mayPropose}
      busy={propose.isPending}
      error={propose.error}
      isReady={({ windows }) => windows.length > 0}
      fields={(props) => <CoverageFields {...props} readOnly={!mayPropose} />}
      onSubmit={({ windows, holidays = [], ...rest }, timing, drop) =>
        propose.mutate(
          { input: { ...rest, windows: [...windows], holidays: [...holidays], ...timingInput(timing) } },
          {
            onSuccess: ({ proposeCoverage: { change } }) => {
              drop();
              if (change) void navigate({ to: '/changes/$id', params: { id: change.id } });
            },
          },
        )
      }
    />
  );
};
