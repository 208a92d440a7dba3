import type { Terms } from '@domain/terms/terms.js';
import { CommitmentsEditor } from './commitments-editor.js';
import { TermsExtras } from './terms-extras.js';

interface Props {
  readonly terms: Terms;
  readonly onChange: (next: Terms) => void;
}

/** Everything that terms may hold: of a tier, or of one contract. */
export const TermsEditor = (props: Props) => (
  <>
    <CommitmentsEditor {...props} />
    <TermsExtras {...props} />
  </>
);
