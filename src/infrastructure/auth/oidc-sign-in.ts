import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { IdentityUnavailableError } from '../../application/ports/authenticator.js';
import {
  ProviderRefusedError,
  SignInProvider,
  type PendingSignIn,
  type ProviderAnswer,
} from '../../application/ports/sign-in-provider.js';
import { PROVIDER_TIMEOUT_MS, type OidcDiscovery } from './oidc-discovery.js';

export interface OidcClient {
  readonly issuer: string;
  /** Whom the access token is for: this product's API. */
  readonly audience: string;
  readonly clientId: string;
  /** Absent: a public client, which PKCE alone protects. */
  readonly clientSecret?: string;
  /** Where the provider sends the browser back to; registered there. */
  readonly redirectUri: string;
}

const Tokens = z.object({ access_token: z.string().min(1), id_token: z.string().min(1) });
const Refusal = z.object({ error: z.string() });

/** The authorization code flow of OpenID Connect Core 1.0, with PKCE (RFC 7636). */
export class OidcSignIn extends SignInProvider {
  constructor(
    private readonly client: OidcClient,
    private readonly discovery: OidcDiscovery,
  ) {
    super();
  }

  async begin(): Promise<{ readonly url: string; readonly pending: PendingSignIn }> {
    const { authorization_endpoint: endpoint } = await this.discovery.read();
    const pending = { state: random(), nonce: random(), codeVerifier: random() };
    const url = new URL(endpointOf(endpoint, 'authorization_endpoint'));
    const { clientId, redirectUri, audience } = this.client;
    const asked = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      // Some providers write a token for our API only when it is named; to the others it means nothing.
      audience,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: createHash('sha256').update(pending.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return { url: url.href, pending };
  }

  async complete(pending: PendingSignIn, { code, state, iss, error }: ProviderAnswer): Promise<string> {
    if (state === undefined || !same(state, pending.state))
      throw new ProviderRefusedError('This sign-in was not begun in this browser, or too long ago.');
    if (iss !== undefined && iss !== this.client.issuer)
      throw new ProviderRefusedError('The answer comes from another provider.');
    if (error !== undefined || code === undefined)
      throw new ProviderRefusedError(`The provider has not signed you in (${error ?? 'no code'}).`);
    const { access_token: token, id_token: identity } = await this.exchange(code, pending.codeVerifier);
    // Ties the answer to this very sign-in, should the code have been somebody else's.
    if (nonceOf(identity) !== pending.nonce)
      throw new ProviderRefusedError('The provider answers for another sign-in.');
    return token;
  }

  private async exchange(code: string, codeVerifier: string): Promise<z.infer<typeof Tokens>> {
    const { token_endpoint: endpoint } = await this.discovery.read();
    const { clientId, clientSecret, redirectUri } = this.client;
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
      client_id: clientId,
    });
    const { status, answer } = await ask(endpointOf(endpoint, 'token_endpoint'), {
      method: 'POST',
      body,
      headers: { accept: 'application/json', ...basic(clientId, clientSecret) },
      redirect: 'error',
      signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS),
    });
    if (status !== 200) {
      const refusal = Refusal.safeParse(answer);
      const why = refusal.success ? refusal.data.error : `status ${status}`;
      throw new ProviderRefusedError(`The provider has not signed you in (${why}).`);
    }
    const tokens = Tokens.safeParse(answer);
    if (!tokens.success)
      throw new ProviderRefusedError('The provider has sent no tokens.', { cause: tokens.error });
    return tokens.data;
  }
}

/** @throws IdentityUnavailableError when there is no answer, or none that makes sense */
const ask = async (url: string, request: RequestInit): Promise<{ status: number; answer: unknown }> => {
  try {
    const response = await fetch(url, request);
    if (response.status >= 500) throw new Error(`The token endpoint answers ${response.status}.`);
    return { status: response.status, answer: await response.json() };
  } catch (cause) {
    throw new IdentityUnavailableError({ cause });
  }
};

const random = (): string => randomBytes(32).toString('base64url');

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const endpointOf = (endpoint: string | undefined, name: string): string => {
  if (endpoint === undefined)
    throw new IdentityUnavailableError({ cause: new Error(`The provider names no ${name}.`) });
  return endpoint;
};

/** RFC 6749, 2.3.1: both are form-encoded first. */
const basic = (id: string, secret: string | undefined): Record<string, string> => {
  if (secret === undefined) return {};
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
};

/** It came from the provider itself, over TLS: that stands for its signature (OpenID Connect Core, 3.1.3.7). */
const nonceOf = (identity: string): unknown => {
  try {
    return decodeJwt(identity)['nonce'];
  } catch (cause) {
    throw new ProviderRefusedError('The provider has sent an identity token that is none.', { cause });
  }
};
