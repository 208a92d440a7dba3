import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import {
  providerAddress,
  providerRefusal,
  signIn,
  signInWays,
  useSessionState,
  type Session,
} from '../api/session.js';
import { formText } from '../lib/form-text.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Input } from '../ui/field.js';
import { ErrorNote } from '../ui/states.js';

/** Nothing is shown to nobody. When a session ends, the page stays, and the password is asked for over it. */
export const SignInGate = ({ children }: { readonly children: ReactNode }) => {
  const state = useSessionState();
  if (state.status === 'unknown') return null;
  if (state.status === 'none') return <SignInPage />;
  return (
    <>
      {children}
      {'session' in state && state.status === 'ended' && <SignInAgain session={state.session} />}
    </>
  );
};

const useSignIn = () => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = async (credentials: Parameters<typeof signIn>[0]): Promise<void> => {
    setBusy(true);
    setError(await signIn(credentials));
    setBusy(false);
  };
  return { busy, error, submit };
};

const LAST_ORGANIZATION = 'sla:organization';

const useSignInWays = () =>
  useQuery({ queryKey: ['sign-in ways'], queryFn: signInWays, staleTime: Infinity });

const SignInPage = () => {
  const { data: ways, isError } = useSignInWays();
  return (
    <main className="sign-in">
      {ways?.provider != null && <AtProvider begin={ways.provider} />}
      {ways && ways.provider === null && !ways.password && <NoWayIn />}
      {(ways?.password === true || isError) && <WithPassword />}
    </main>
  );
};

const Welcome = () => (
  <div className="stack tight">
    <img src="/favicon.svg" alt="" width={36} height={36} />
    <h1>Sign in</h1>
    <p className="soft">What we promised, who approved it, and since when.</p>
  </div>
);

const AtProvider = ({ begin }: { readonly begin: string }) => (
  <div className="panel stack">
    <Welcome />
    <ErrorNote error={providerRefusal()} />
    <a className="button primary" href={providerAddress(begin)}>
      Go to your organization’s sign-in
    </a>
  </div>
);

const NoWayIn = () => (
  <div className="panel stack">
    <Welcome />
    <p>
      People of your organization sign in at its own provider, and this web app has not been registered there
      yet. Ask whoever runs it to set <code>OIDC_CLIENT_ID</code>.
    </p>
  </div>
);

const WithPassword = () => {
  const { busy, error, submit } = useSignIn();
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (name: string): string => formText(data, name);
        localStorage.setItem(LAST_ORGANIZATION, text('organization'));
        void submit({
          organization: text('organization'),
          email: text('email'),
          password: text('password'),
        });
      }}
    >
      <Welcome />
      <Input
        label="Organization"
        name="organization"
        required
        autoComplete="organization"
        autoCapitalize="none"
        defaultValue={localStorage.getItem(LAST_ORGANIZATION) ?? ''}
      />
      <Input label="Email" name="email" type="email" required autoComplete="username" />
      <Input label="Password" name="password" type="password" required autoComplete="current-password" />
      <ErrorNote error={error} />
      <Button type="submit" kind="primary" busy={busy}>
        Sign in
      </Button>
    </form>
  );
};

const SignInAgain = ({ session }: { readonly session: Session }) => {
  const { data: ways } = useSignInWays();
  return ways?.provider == null ? (
    <PasswordAgain session={session} />
  ) : (
    <ProviderAgain session={session} begin={ways.provider} />
  );
};

/** Drafts are kept by the browser, so leaving for the provider and coming back loses none. */
const ProviderAgain = ({ session, begin }: { readonly session: Session; readonly begin: string }) => (
  <Dialog
    title="Your session has ended"
    submit="Go to sign-in"
    onSubmit={() => location.assign(providerAddress(begin))}
  >
    <p>
      Nothing is lost: what you have written is kept. Sign in again as <strong>{session.subject}</strong> to
      go on.
    </p>
  </Dialog>
);

const PasswordAgain = ({ session }: { readonly session: Session }) => {
  const { busy, error, submit } = useSignIn();
  const [password, setPassword] = useState('');
  const { organization, subject } = session;
  return (
    <Dialog
      title="Your session has ended"
      submit="Go on"
      busy={busy}
      error={error}
      onSubmit={() => void submit({ organization, email: subject, password })}
    >
      <p>
        Nothing is lost: what you have written is still here. Sign in again as <strong>{subject}</strong> to
        go on.
      </p>
      <Input
        label="Password"
        type="password"
        required
        autoComplete="current-password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
    </Dialog>
  );
};
