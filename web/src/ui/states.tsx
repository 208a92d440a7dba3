import { Link } from '@tanstack/react-router';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Refused } from '../api/hooks.js';
import { Button } from './button.js';

export const Loading = ({ height = 220 }: { readonly height?: number }) => (
  <div className="skeleton" style={{ minHeight: height }} role="status">
    <span className="visually-hidden">Loading …</span>
  </div>
);

export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="empty">
    <strong>{title}</strong>
    {children}
  </div>
);

/** Why something did not happen, in the server's words: they name the way out. */
export const ErrorNote = ({ error }: { readonly error?: unknown }) => {
  if (error === undefined || error === null) return null;
  const existing = error instanceof Refused ? error.existingId : null;
  return (
    <div className="notice wrong" role="alert">
      <p>
        {error instanceof Error ? error.message : typeof error === 'string' ? error : JSON.stringify(error)}
      </p>
      {existing !== null && error instanceof Refused && error.code === 'DUPLICATE' && (
        <p>
          <Link to="/changes/$id" params={{ id: existing }}>
            Open the proposal that is already there
          </Link>
        </p>
      )}
    </div>
  );
};

/** An answer in its three states, so that no page forgets one. */
export const Answer = <T,>({
  query,
  height,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly height?: number;
  readonly children: (data: T) => ReactNode;
}) => {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError)
    return (
      <div className="notice wrong" role="alert">
        <p>{query.error.message}</p>
        <div>
          <Button size="small" onClick={() => void query.refetch()}>
            Try again
          </Button>
        </div>
      </div>
    );
  return <Loading {...(height !== undefined && { height })} />;
};
