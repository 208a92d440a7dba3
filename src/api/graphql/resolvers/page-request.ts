import { DEFAULT_PAGE, type PageRequest } from '../../../application/queries/page.js';

/** Which page a list is asked for. */
export const pageRequest = ({
  first,
  after,
}: {
  readonly first?: number | null;
  readonly after?: string | null;
}): PageRequest => ({ first: first ?? DEFAULT_PAGE, after: after ?? null });
