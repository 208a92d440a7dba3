import type { CreditRule, Terms } from '@domain/terms/terms.js';
import { Textarea } from '../../../ui/field.js';
import { LinesInput } from '../../../ui/lines-input.js';
import { NumberInput } from '../../../ui/number-input.js';
import { ChannelsEditor } from './channels-editor.js';

interface Props {
  readonly terms: Terms;
  readonly onChange: (next: Terms) => void;
}

/** What terms hold besides the commitments. */
export const TermsExtras = ({ terms, onChange }: Props) => {
  const put = (change: Partial<Terms>): void => onChange({ ...terms, ...change });
  const credit = (change: Partial<CreditRule>): void =>
    put({ credits: { ...(terms.credits ?? { percentPerBreach: 0, monthlyCapPercent: 100 }), ...change } });
  return (
    <>
      <ChannelsEditor terms={terms} onChange={onChange} />
      <div className="grid-2">
        <NumberInput
          label="Uptime %"
          hint="Of the month."
          value={terms.uptimePercent}
          onChange={(uptimePercent) => put({ uptimePercent })}
        />
        <NumberInput
          label="Achievement %"
          hint="Share of tickets that must meet their target, a month."
          value={terms.achievementPercent}
          onChange={(achievementPercent) => put({ achievementPercent })}
        />
        <NumberInput
          label="Credit % per breach"
          hint="Of the monthly fee. Empty: no credits."
          value={terms.credits?.percentPerBreach}
          onChange={(percentPerBreach) =>
            percentPerBreach === null ? put({ credits: null }) : credit({ percentPerBreach })
          }
        />
        {terms.credits && (
          <NumberInput
            label="Credits at most % a month"
            required
            value={terms.credits.monthlyCapPercent}
            onChange={(monthlyCapPercent) => monthlyCapPercent !== null && credit({ monthlyCapPercent })}
          />
        )}
      </div>
      <LinesInput
        label="Features"
        hint="Dedicated CSM, quarterly review …, one a line."
        value={terms.features}
        onChange={(features) => put({ features })}
      />
      <Textarea
        label="Notes"
        value={terms.notes ?? ''}
        onChange={({ target }) => put({ notes: target.value || null })}
      />
    </>
  );
};
