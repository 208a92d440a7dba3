import type { ComponentType } from 'react';
import type {
  ChangeContent,
  ChangeKind,
  ContentOf,
  ImportContent,
  TierRetirementContent,
  TierTermsContent,
} from '@domain/change/content.js';
import { NameAndRank } from '../matrix/name-and-rank.js';
import { ContractFields } from './contract-fields.js';
import { CoverageFields } from './coverage-fields.js';
import type { FieldsProps } from './fields-props.js';
import { PolicyFields } from './policy-fields.js';
import { RemapFields } from './remap-fields.js';
import { isReadable } from './terms/terms-draft.js';
import { TermsEditor } from './terms/terms-editor.js';
import { WaiverFields } from './waiver-fields.js';

const TierFields = ({ content, onChange }: FieldsProps<TierTermsContent>) => (
  <>
    <NameAndRank tier={content} onChange={onChange} />
    <TermsEditor terms={content.terms} onChange={(terms) => onChange({ ...content, terms })} />
  </>
);

const RetirementNote = ({ content }: FieldsProps<TierRetirementContent>) => (
  <p>It takes the tier {content.key} out of force. When, and why, can be revised below.</p>
);

const ImportNote = (_: FieldsProps<ImportContent>) => (
  <p>An import is not edited. Correct the sheet and import it again.</p>
);

const FIELDS: { readonly [Kind in ChangeKind]: ComponentType<FieldsProps<ContentOf[Kind]>> } = {
  TIER_TERMS: TierFields,
  TIER_RETIREMENT: RetirementNote,
  COVERAGE: CoverageFields,
  CONTRACT: ContractFields,
  REMAP: RemapFields,
  WAIVER: WaiverFields,
  APPROVAL_POLICY: PolicyFields,
  IMPORT: ImportNote,
};

interface Props extends FieldsProps<ChangeContent> {
  readonly kind: ChangeKind;
}

/** The fields of a content of any kind, about a subject that stands. */
export const ContentFields = ({ kind, content, onChange }: Props) => {
  const Fields = FIELDS[kind] as ComponentType<FieldsProps<ChangeContent>>;
  return <Fields content={content} onChange={onChange} isKnown />;
};

/** Whether it can be read as what it is to be; the server checks the rest. */
export const isReadyToPropose = (content: ChangeContent): boolean => {
  if ('terms' in content) return content.terms.commitments.length > 0 && isReadable(content.terms);
  if ('windows' in content) return content.windows.length > 0;
  return !('overrides' in content) || content.overrides === undefined || isReadable(content.overrides);
};
