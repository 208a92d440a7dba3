import { z } from 'zod';
import { IdentityUnavailableError } from '../../application/ports/authenticator.js';

/** Milliseconds that a question to the provider may take. */
export const PROVIDER_TIMEOUT_MS = 5000;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const Discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url().optional(),
  token_endpoint: z.url().optional(),
});

/** What an OpenID provider says of itself (OpenID Connect Discovery 1.0). */
export type ProviderDocument = z.infer<typeof Discovery>;

/** Asks on first use, and again after a failure. @throws IdentityUnavailableError */
export class OidcDiscovery {
  private document: Promise<ProviderDocument> | null = null;

  constructor(private readonly issuer: string) {}

  read(): Promise<ProviderDocument> {
    this.document ??= this.asked();
    return this.document;
  }

  private async asked(): Promise<ProviderDocument> {
    try {
      return await discover(this.issuer);
    } catch (error) {
      // Those who wait learn of the failure; the next caller tries again.
      this.document = null;
      throw new IdentityUnavailableError({ cause: error });
    }
  }
}

const discover = async (issuer: string): Promise<ProviderDocument> => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`The provider's discovery document answers ${response.status}.`);
  const document = Discovery.parse(await response.json());
  if (document.issuer !== issuer) throw new Error("The provider's discovery document names another issuer.");
  for (const named of [document.jwks_uri, document.authorization_endpoint, document.token_endpoint])
    if (named !== undefined) requireTls(named);
  return document;
};

const requireTls = (text: string): void => {
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:' && !LOOPBACK.test(hostname))
    throw new Error(`The provider's ${text} is not served over https.`);
};
