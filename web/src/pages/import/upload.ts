import { ApiError, OURS } from '../../api/ask.js';
import { noteReached } from '../../api/freshness.js';
import { sessionEnded } from '../../api/session.js';

interface Started {
  readonly id: string;
  readonly position: string;
  readonly detail?: string;
  readonly code?: string;
}

/** How a sheet is read, where somebody knows better than the guess. */
export interface Reading {
  /** Field by heading; empty: that column is left out. */
  readonly columns: Readonly<Record<string, string>>;
  /** `day-first`, `month-first` or `year-first`; empty: as its dates show. */
  readonly dateOrder: string;
}

/** Sends the file as it is; the answer names the import. @throws ApiError */
export const upload = async (file: Blob, { columns, dateOrder }: Reading): Promise<string> => {
  const query = new URLSearchParams({
    ...(Object.keys(columns).length > 0 && { columns: JSON.stringify(columns) }),
    ...(dateOrder !== '' && { dateOrder }),
  }).toString();
  const response = await fetch(`/v1/import/reference${query && `?${query}`}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...OURS },
    body: file,
  });
  const answer = (await response.json()) as Started;
  if (response.status === 401) sessionEnded();
  if (!response.ok)
    throw new ApiError(answer.code ?? 'UNKNOWN', answer.detail ?? `The server answered ${response.status}.`);
  noteReached(answer.position);
  return answer.id;
};
