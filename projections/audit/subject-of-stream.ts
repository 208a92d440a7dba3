import type { SubjectKind } from '../../src/domain/change/content.js';

const KINDS: Readonly<Record<string, SubjectKind>> = {
  tier: 'TIER',
  coverage: 'COVERAGE',
  contract: 'CONTRACT',
  customer: 'CUSTOMER',
  policy: 'APPROVAL_POLICY',
  import: 'IMPORT',
};

/** What a stream is about, by its key: the way back from `streamOf`; null for a stream of anything else. */
export const subjectOfStream = (
  stream: string,
): { readonly kind: SubjectKind; readonly key: string } | null => {
  const [, category = '', key] = /^([a-z]+)-[^.]*(?:\.(.*))?$/s.exec(stream) ?? [];
  const kind = KINDS[category];
  if (!kind) return null;
  return { kind, key: kind === 'APPROVAL_POLICY' ? 'policy' : decodeURIComponent(key ?? '') };
};
