import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  IdentityUnavailableError,
  UnauthenticatedError,
  type Authenticator,
} from '../../application/ports/authenticator.js';
import type { Clock } from '../../application/ports/clock.js';
import {
  ProviderRefusedError,
  type ProviderAnswer,
  type SignInProvider,
} from '../../application/ports/sign-in-provider.js';
import { epochOf } from '../../domain/shared/instant.js';
import { endedPending, pendingCookie, pendingOf, type Leaving } from './pending-cookie.js';
import { sessionCookie, type CookieSite } from './session-cookie.js';

export interface ProviderParts {
  /** Whether this product knows passwords, or leaves people to a provider. */
  readonly passwords: boolean;
  /** Null: nobody can sign in on the web by way of a provider. */
  readonly provider: SignInProvider | null;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly site: CookieSite;
}

/** What a browser keeps of a cookie, less its name and attributes. Characters. */
const LONGEST_TOKEN = 3800;
const LONGEST_PATH = 1000;
const HERE = 'http://here';
const BEGIN = '/session/begin';
const NOT_BEGUN = 'This sign-in was not begun in this browser, or too long ago.';

/**
 * `GET /session/ways` says how people sign in: with a password, at an OpenID provider. `GET /session/begin?back=/…` sends
 * the browser to the provider, and `GET /session/callback` is where it comes back to: with a session, or with why not in the
 * address.
 */
export const providerRoutes = (
  server: FastifyInstance,
  { passwords, provider, authenticator, clock, site }: ProviderParts,
): void => {
  server.get('/session/ways', (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .send({ password: passwords, provider: provider ? BEGIN : null }),
  );
  if (!provider) return;

  server.get<{ Querystring: { back?: string } }>(BEGIN, async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    try {
      const { url, pending } = await provider.begin();
      const { back } = request.query;
      const leaving = { ...pending, back: typeof back === 'string' ? back.slice(0, LONGEST_PATH) : '/' };
      return reply.header('set-cookie', pendingCookie(site, leaving)).redirect(url);
    } catch (error) {
      return goBack(reply, '/', whyNot(error));
    }
  });

  server.get<{ Querystring: ProviderAnswer }>('/session/callback', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    const leaving = pendingOf(site, request.headers);
    try {
      const { token, seconds } = await signedIn(leaving, request);
      void reply.header('set-cookie', [sessionCookie(site, token, seconds), endedPending(site)]);
      return goBack(reply, leaving?.back ?? '/');
    } catch (error) {
      void reply.header('set-cookie', endedPending(site));
      return goBack(reply, leaving?.back ?? '/', whyNot(error));
    }
  });

  const signedIn = async (
    leaving: Leaving | null,
    { query }: FastifyRequest<{ Querystring: ProviderAnswer }>,
  ) => {
    if (!leaving) throw new ProviderRefusedError(NOT_BEGUN);
    const token = await provider.complete(leaving, query);
    if (token.length > LONGEST_TOKEN)
      throw new ProviderRefusedError(
        `The provider's token has ${token.length} characters, more than a cookie holds. Have it carry fewer claims.`,
      );
    const { expiresAt } = await authenticator.authenticate(`Bearer ${token}`);
    const now = epochOf(clock.now()) / 1000;
    return { token, seconds: (expiresAt ?? now) - now };
  };
};

/** What may be said to the person at the browser. Anything unexpected is the error handler's. */
const whyNot = (error: unknown): string => {
  if (error instanceof UnauthenticatedError)
    return 'The provider has signed you in, but its token names no organization and role here. Ask your administrator.';
  if (error instanceof ProviderRefusedError || error instanceof IdentityUnavailableError)
    return error.message;
  throw error;
};

/** To this site alone: a link must not be able to send people elsewhere by way of us. */
const goBack = (reply: FastifyReply, back: string, refused?: string): FastifyReply => {
  const url = new URL(URL.canParse(back, HERE) ? back : '/', HERE);
  if (refused !== undefined) url.searchParams.set('refused', refused);
  return reply.redirect(`/${url.pathname.replace(/^\/+/, '')}${url.search}${url.hash}`);
};
