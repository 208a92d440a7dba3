import { useSyncExternalStore } from 'react';
import { OURS } from './ask.js';

export type Role = 'viewer' | 'member' | 'admin' | 'compliance';

export interface Session {
  readonly subject: string;
  readonly organization: string;
  readonly roles: readonly Role[];
  /** The organization's zone. */
  readonly timeZone: string;
}

/**
 * `ended`: somebody was signed in and no longer is. The page stays as it is, half-written work included, and asks for the
 * password over it.
 */
export type SessionState =
  | { readonly status: 'unknown' | 'none' }
  | { readonly status: 'active' | 'ended'; readonly session: Session };

let state: SessionState = { status: 'unknown' };
const listeners = new Set<() => void>();

const become = (next: SessionState): void => {
  state = next;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSessionState = (): SessionState => useSyncExternalStore(subscribe, () => state);

/** Who is signed in. Only below the shell, which shows nothing else without a session. */
export const useSession = (): Session => {
  const current = useSessionState();
  if (!('session' in current)) throw new Error('Nobody is signed in.');
  return current.session;
};

const ALLOWED: Readonly<Record<'propose' | 'decide' | 'acknowledge' | 'audit' | 'settle', readonly Role[]>> =
  {
    propose: ['member', 'admin'],
    decide: ['admin'],
    acknowledge: ['member', 'admin'],
    audit: ['admin', 'compliance'],
    settle: ['admin'],
  };

/** Whether to offer something; the server decides whether it happens. */
export const useMay = (what: keyof typeof ALLOWED): boolean =>
  useSession().roles.some((role) => ALLOWED[what].includes(role));

export const loadSession = async (): Promise<void> => {
  const response = await fetch('/session');
  become(
    response.status === 200
      ? { status: 'active', session: (await response.json()) as Session }
      : { status: 'none' },
  );
};

export const sessionEnded = (): void => {
  if (state.status === 'active') become({ status: 'ended', session: state.session });
};

/** How people sign in here: with a password, or at an OpenID provider, which is an address of ours to go to. */
export interface SignInWays {
  readonly password: boolean;
  readonly provider: string | null;
}

/** @throws TypeError when the server cannot be reached */
export const signInWays = async (): Promise<SignInWays> =>
  (await (await fetch('/session/ways')).json()) as SignInWays;

/** Where to go to sign in at the provider and come back to this very page. */
export const providerAddress = (begin: string): string => {
  const here = new URL(location.href);
  here.searchParams.delete(REFUSED);
  return `${begin}?${new URLSearchParams({ back: `${here.pathname}${here.search}${here.hash}` }).toString()}`;
};

const REFUSED = 'refused';

/** Why the provider's answer was not taken; null: it was, or none was asked. */
export const providerRefusal = (): string | null => new URLSearchParams(location.search).get(REFUSED);

/** No answer is an answer here: the form says so. */
const unreachable = (): null => null;

/** Null, or why not. */
export const signIn = async (
  credentials: Record<'organization' | 'email' | 'password', string>,
): Promise<string | null> => {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OURS },
    body: JSON.stringify(credentials),
  }).catch(unreachable);
  if (!response) return 'The server cannot be reached. Try again in a moment.';
  const body = (await response.json()) as Session & { readonly detail?: string };
  if (!response.ok) return body.detail ?? `The server answered ${response.status}.`;
  become({ status: 'active', session: body });
  return null;
};

export const signOut = async (): Promise<void> => {
  await fetch('/session', { method: 'DELETE', headers: OURS });
  sessionStorage.clear();
  // A fresh page holds nothing of the one who left.
  location.assign('/');
};
