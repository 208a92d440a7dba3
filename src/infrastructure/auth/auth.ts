import { Accounts, SignInRefused } from '../../application/ports/accounts.js';
import type { Authenticator } from '../../application/ports/authenticator.js';
import type { PasswordHasher } from '../../application/ports/password-hasher.js';
import type { SignInProvider } from '../../application/ports/sign-in-provider.js';
import type { Config } from '../config/config.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import { BearerAuthenticator } from './bearer-authenticator.js';
import { LocalAccounts, type SignInFailure } from './local-accounts.js';
import { LocalTokenVerifier } from './local-token-verifier.js';
import { OidcDiscovery } from './oidc-discovery.js';
import { OidcKeys } from './oidc-keys.js';
import { OidcSignIn } from './oidc-sign-in.js';
import { OidcTokenVerifier } from './oidc-token-verifier.js';
import { RecentOrganizations, type OrganizationFinder } from './recent-organizations.js';
import { openSigningKey } from './signing-key.js';
import { TokenIssuer } from './token-issuer.js';

export interface Auth {
  readonly authenticator: Authenticator;
  readonly accounts: Accounts;
  /** Null with an OpenID provider: it alone issues tokens then. */
  readonly issuer: TokenIssuer | null;
  /** Where people sign in on the web; null: here, with a password. */
  readonly signInProvider: SignInProvider | null;
}

export interface AuthParts {
  readonly config: Pick<Config, 'dataDir' | 'oidc' | 'publicUrl'>;
  readonly organizations: OrganizationFinder;
  readonly passwords: PasswordHasher;
  readonly onSignInFailure?: (reason: SignInFailure) => void;
}

/** Everything that says who is calling, as the configuration wants it. Rejects when the signing key cannot be had. */
export const openAuth = async ({
  config,
  organizations,
  passwords,
  onSignInFailure,
}: AuthParts): Promise<Auth> => {
  const recent = new RecentOrganizations(organizations);
  const keys = new ApiKeyVerifier(recent);
  if (config.oidc !== undefined) {
    const { clientId } = config.oidc;
    const discovery = new OidcDiscovery(config.oidc.issuer);
    const tokens = new OidcTokenVerifier(config.oidc, new OidcKeys(discovery).find);
    const redirectUri = `${config.publicUrl}/session/callback`;
    return {
      authenticator: new BearerAuthenticator({ tokens, keys }),
      accounts: new NoAccounts(),
      issuer: null,
      signInProvider:
        clientId === undefined ? null : new OidcSignIn({ ...config.oidc, clientId, redirectUri }, discovery),
    };
  }
  const key = await openSigningKey(config.dataDir);
  const issuer = new TokenIssuer(key);
  return {
    authenticator: new BearerAuthenticator({ tokens: new LocalTokenVerifier(key, recent), keys }),
    accounts: new LocalAccounts({ organizations, passwords, issuer, onFailure: onSignInFailure }),
    issuer,
    signInProvider: null,
  };
};

/** People sign in at the provider; passwords are none of our business then. */
class NoAccounts extends Accounts {
  signIn(): Promise<never> {
    return Promise.reject(new SignInRefused());
  }
}
