import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { CoverageContent } from '@domain/change/content.js';
import { useCoverages } from '../../api/coverages.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk, useTell } from '../../api/hooks.js';
import { useMay, useSession } from '../../api/session.js';
import { useDraft } from '../../lib/draft.js';
import { Button } from '../../ui/button.js';
import { Input, Textarea } from '../../ui/field.js';
import { Page, Panel } from '../../ui/page.js';
import { NO_TIMING, ProposalFields, timingInput } from '../../ui/proposal-fields.js';
import { ErrorNote } from '../../ui/states.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { Matrix } from '../matrix/matrix.graphql.js';
import { ProposeCoverage } from './propose.graphql.js';
import { Week } from './week.js';

const ALWAYS = ['24x7', '24x5', 'business-hours'];

export const CoveragePage = () => {
  const search = useSearch({ from: '/coverage' });
  const { data } = useAsk(Matrix, { atLeast: atLeast() }, { keep: true });
  const used = (data?.matrix.tiers ?? []).flatMap(({ terms }) =>
    terms.commitments.map(({ coverage }) => coverage),
  );
  const keys = [...new Set([...used, ...ALWAYS, ...(search.key ? [search.key] : [])])];
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
      {known && <CoverageForm key={`${key} ${String(known.own)}`} content={known.content} />}
    </Page>
  );
};

const datesOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

const CoverageForm = ({ content }: { readonly content: CoverageContent }) => {
  const { timeZone } = useSession();
  const mayPropose = useMay('propose');
  const navigate = useNavigate();
  const initial = {
    key: content.key,
    timeZone: content.timeZone,
    windows: content.windows,
    holidays: (content.holidays ?? []).join('\n'),
    publicHolidays: content.publicHolidays ?? '',
    dayLength: content.dayLength ?? '',
  };
  const [draft, setDraft, drop] = useDraft(`coverage:${content.key}`, initial);
  const [timing, setTiming] = useState(NO_TIMING);
  const propose = useTell(ProposeCoverage);
  const text = (field: 'key' | 'timeZone' | 'publicHolidays' | 'dayLength' | 'holidays') => ({
    value: draft[field],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      setDraft({ ...draft, [field]: target.value }),
  });
  const submit = (): void => {
    const { key, windows, holidays, publicHolidays, dayLength } = draft;
    const input = {
      key: key.trim(),
      timeZone: draft.timeZone.trim(),
      windows: windows.map(({ day, start, end }) => ({ day, start, end })),
      holidays: datesOf(holidays),
      ...(publicHolidays.trim() && { publicHolidays: publicHolidays.trim() }),
      ...(dayLength.trim() && { dayLength: dayLength.trim() }),
      ...timingInput(timing),
    };
    propose.mutate(
      { input },
      {
        onSuccess: ({ proposeCoverage: { change } }) => {
          drop();
          if (change) void navigate({ to: '/changes/$id', params: { id: change.id } });
        },
      },
    );
  };
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={!mayPropose} className="stack">
          <Week
            windows={draft.windows}
            onChange={mayPropose ? (windows) => setDraft({ ...draft, windows }) : undefined}
          />
          <div className="grid-2">
            <Input label="Name" required hint="Another name makes another coverage." {...text('key')} />
            <Input label="Time zone" required placeholder={timeZone} {...text('timeZone')} />
            <Input
              label="Public holidays of"
              placeholder="DE or DE-BY"
              hint="Country or region. Empty: none."
              {...text('publicHolidays')}
            />
            <Input
              label="A day counts as"
              placeholder="8h"
              hint="Empty: as long as a normal day above."
              {...text('dayLength')}
            />
          </div>
          <Textarea label="Closed on" hint="Days as 2026-12-24, one a line." {...text('holidays')} />
          {mayPropose && (
            <>
              <ProposalFields value={timing} onChange={setTiming} />
              <WhoApproves kind="COVERAGE" />
              <ErrorNote error={propose.error} />
              <div className="row end">
                <Button onClick={drop}>Start over</Button>
                <Button
                  type="submit"
                  kind="primary"
                  busy={propose.isPending}
                  disabled={draft.windows.length === 0}
                >
                  Propose
                </Button>
              </div>
            </>
          )}
        </fieldset>
      </form>
    </Panel>
  );
};
