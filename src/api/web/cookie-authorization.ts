import type { FastifyInstance } from 'fastify';
import { problem, sendProblem } from '../rest/problem.js';
import { CSRF_HEADER, isSameOrigin, sessionToken, type CookieSite } from './session-cookie.js';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets the session cookie stand for an Authorization header, so that every route knows one way to ask who calls. A
 * cookie goes along by itself: from another origin it is ignored, and to change something it is not enough.
 */
export const cookieAuthorization = (server: FastifyInstance, site: CookieSite): void => {
  server.addHook('onRequest', (request, reply, done) => {
    const { headers, method, url } = request;
    if (headers.authorization !== undefined || headers.cookie === undefined) return done();
    if (!url.startsWith('/graphql') && !url.startsWith('/v1/')) return done();
    const token = sessionToken(site, headers);
    if (token === undefined || !isSameOrigin(site, headers)) return done();
    if (!READS.has(method) && headers[CSRF_HEADER] !== '1') {
      const detail = `With the session cookie, a request that changes something carries the header ${CSRF_HEADER}: 1.`;
      return void sendProblem(reply, problem(403, 'FORBIDDEN', detail));
    }
    headers.authorization = `Bearer ${token}`;
    done();
  });
};
