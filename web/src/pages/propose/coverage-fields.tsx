import type { CoverageContent } from '@domain/change/content.js';
import { useSession } from '../../api/session.js';
import { Input } from '../../ui/field.js';
import { LinesInput } from '../../ui/lines-input.js';
import type { FieldsProps } from './fields-props.js';
import { Week } from './week.js';

interface Props extends FieldsProps<CoverageContent> {
  readonly readOnly?: boolean;
}

export const CoverageFields = ({ content, onChange, isKnown, readOnly = false }: Props) => {
  const { timeZone } = useSession();
  const text = (field: 'key' | 'timeZone' | 'publicHolidays' | 'dayLength') => ({
    value: content[field] ?? '',
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...content, [field]: target.value || undefined }),
  });
  return (
    <>
      <Week
        windows={content.windows}
        onChange={readOnly ? undefined : (windows) => onChange({ ...content, windows })}
      />
      <div className="grid-2">
        <Input
          label="Name"
          required
          readOnly={isKnown}
          {...(!isKnown && !readOnly && { hint: 'Another name makes another coverage.' })}
          {...text('key')}
        />
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
      <LinesInput
        label="Closed on"
        hint="Days as 2026-12-24, one a line."
        value={content.holidays ?? []}
        onChange={(holidays) => onChange({ ...content, holidays })}
      />
    </>
  );
};
