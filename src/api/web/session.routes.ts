import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Accounts, SignIn } from '../../application/ports/accounts.js';
import { UnauthenticatedError, type Authenticator } from '../../application/ports/authenticator.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Principal } from '../../application/principal.js';
import { DomainError, invalid } from '../../domain/shared/domain-error.js';
import { epochOf } from '../../domain/shared/instant.js';
import {
  CSRF_HEADER,
  endedCookie,
  isSameOrigin,
  sessionCookie,
  sessionToken,
  type CookieSite,
} from './session-cookie.js';

export interface SessionParts {
  readonly authenticator: Authenticator;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly site: CookieSite;
  /** The organization's own. */
  readonly timeZoneOf: (orgId: string) => Promise<string>;
}

/** A working day, in seconds. Ends sooner with a new password or another role: every request looks. */
const SESSION_TTL = 12 * 3600;

/**
 * `POST /session` signs in, `GET /session` says who is (204: nobody), `DELETE /session` signs out. The token lives in an
 * HttpOnly cookie alone: no script of the page ever holds it.
 */
export const sessionRoutes = (
  server: FastifyInstance,
  { authenticator, accounts, clock, site, timeZoneOf }: SessionParts,
): void => {
  const authorizationOf = (request: FastifyRequest): string | undefined => {
    const token = sessionToken(site, request.headers);
    return token === undefined ? undefined : `Bearer ${token}`;
  };

  /** What the web app knows of its user. `expiresAt`: seconds since 1970. */
  const viewOf = async ({ subject, orgId, roles, expiresAt }: Principal) => ({
    subject,
    organization: orgId,
    roles,
    expiresAt: expiresAt ?? null,
    timeZone: await timeZoneOf(orgId),
  });

  server.post('/session', async (request, reply) => {
    refuseForeign(site, request);
    const given = credentials(request.body);
    const { token, expiresAt } = await accounts.signIn({ ...given, address: request.ip, ttl: SESSION_TTL });
    const principal = await authenticator.authenticate(`Bearer ${token}`);
    const seconds = (epochOf(expiresAt) - epochOf(clock.now())) / 1000;
    return reply
      .header('set-cookie', sessionCookie(site, token, seconds))
      .header('cache-control', 'no-store')
      .send(await viewOf(principal));
  });

  server.get('/session', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    const authorization = authorizationOf(request);
    if (authorization === undefined || !isSameOrigin(site, request.headers)) return reply.code(204).send();
    try {
      return await reply.send(await viewOf(await authenticator.authenticate(authorization)));
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      return reply.header('set-cookie', endedCookie(site)).code(204).send();
    }
  });

  server.delete('/session', async (request, reply) => {
    refuseForeign(site, request);
    return reply.header('set-cookie', endedCookie(site)).code(204).send();
  });
};

/** Also for signing in: otherwise a foreign page could sign somebody in as somebody else. */
const refuseForeign = (site: CookieSite, { headers }: FastifyRequest): void => {
  if (headers[CSRF_HEADER] !== '1' || !isSameOrigin(site, headers))
    throw new DomainError('FORBIDDEN', `Sessions begin and end on our own pages, with ${CSRF_HEADER}: 1.`);
};

const credentials = (body: unknown): Pick<SignIn, 'organization' | 'email' | 'password'> => {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string): string => {
    const value = given[name];
    if (typeof value !== 'string' || value === '') throw invalid([name], `Give your ${name}.`);
    return value;
  };
  return {
    organization: text('organization').trim(),
    email: text('email').trim(),
    password: text('password'),
  };
};
