import type { RemapContent } from '@domain/change/content.js';
import { Input } from '../../ui/field.js';
import type { FieldsProps } from './fields-props.js';
import { TierSelect } from './tier-select.js';

/** The remap of one customer, who stands. */
export const RemapFields = ({ content, onChange }: FieldsProps<RemapContent>) => (
  <div className="grid-2">
    <Input
      label="Customer’s name"
      hint="Empty: as it is known."
      value={content.customerName ?? ''}
      onChange={({ target }) => onChange({ ...content, customerName: target.value || undefined })}
    />
    <TierSelect
      label="To tier"
      value={content.toTier}
      onChange={(toTier) => onChange({ ...content, toTier })}
    />
  </div>
);
