import type { WaiverContent } from '@domain/change/content.js';
import { Select } from '../../ui/field.js';
import { InstantInput } from '../../ui/instant-input.js';
import type { FieldsProps } from './fields-props.js';

interface Props extends FieldsProps<WaiverContent> {
  /** Where they are known, the choices say their names. */
  readonly contractTier?: string | null;
  readonly mappedTier?: string | null;
}

const named = (side: string, tier: string | null | undefined): string => (tier ? `${side}: ${tier}` : side);

export const WaiverFields = ({ content, onChange, contractTier, mappedTier }: Props) => (
  <>
    <Select
      label="What binds"
      value={content.binds}
      options={[
        ['CONTRACT_TIER', named('The contract', contractTier)],
        ['MAPPED_TIER', named('The mapping', mappedTier)],
      ]}
      onChange={({ target }) => onChange({ ...content, binds: target.value as WaiverContent['binds'] })}
    />
    <InstantInput
      label="Until"
      required
      value={content.until}
      onChange={(until) => onChange({ ...content, until })}
    />
  </>
);
