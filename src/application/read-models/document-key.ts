/**
 * Key of a document: the organization first, so that no key of one organization can be one of another's. The parts
 * are percent-encoded, so a part cannot reach over the separator.
 */
export const documentKey = (orgId: string, ...parts: readonly string[]): string =>
  [orgId, ...parts.map(encodeURIComponent)].join('/');

/** The log position as it stands in documents and answers: fixed width, so that text order is log order. */
export const positionText = (position: bigint): string => position.toString().padStart(20, '0');
