/** What has to come back from the provider for a sign-in to be the one that was begun. Kept by the browser meanwhile. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636. */
  readonly codeVerifier: string;
}

/** The query of the provider's redirect. */
export interface ProviderAnswer {
  readonly code?: string;
  readonly state?: string;
  /** RFC 9207: who answers. */
  readonly iss?: string;
  /** RFC 6749, e.g. `access_denied`. */
  readonly error?: string;
}

/** The provider, or what claims to be it, has not signed anybody in. */
export class ProviderRefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProviderRefusedError';
  }
}

/** Signing people in at an OpenID provider, in the browser: the authorization code flow with PKCE. */
export abstract class SignInProvider {
  /**
   * Where to send the browser, and what to remember until it is back.
   *
   * @throws IdentityUnavailableError
   */
  abstract begin(): Promise<{ readonly url: string; readonly pending: PendingSignIn }>;

  /**
   * The access token that the provider's answer stands for. Not verified yet: that is the authenticator's.
   *
   * @throws ProviderRefusedError, IdentityUnavailableError
   */
  abstract complete(pending: PendingSignIn, answer: ProviderAnswer): Promise<string>;
}
