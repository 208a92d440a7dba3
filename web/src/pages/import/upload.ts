import { ApiError, OURS } from '../../api/ask.js';
import { noteReached } from '../../api/freshness.js';
import { sessionEnded } from '../../api/session.js';

interface Started {
  readonly id: string;
  readonly position: string;
  readonly detail?: string;
  readonly code?: string;
}

/** Sends the file as it is; the answer names the import. @throws ApiError */
export const upload = async (file: Blob, columns: Readonly<Record<string, string>>): Promise<string> => {
  const query =
    Object.keys(columns).length > 0
      ? `?${new URLSearchParams({ columns: JSON.stringify(columns) }).toString()}`
      : '';
  const response = await fetch(`/v1/import/reference${query}`, {
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
