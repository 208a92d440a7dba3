import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { SignInRefused, type SignIn } from '../../application/ports/accounts.js';
import { request, type Asking } from '../../../test/support/raw-request.js';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import type { Principal } from '../../application/principal.js';
import { instantOf } from '../../domain/shared/instant.js';
import { problemOf, sendProblem } from '../rest/problem.js';
import { cookieAuthorization } from './cookie-authorization.js';
import { securityHeaders } from './security-headers.js';
import { cookieName, socketAuthorization } from './session-cookie.js';
import { sessionRoutes } from './session.routes.js';
import { webAppRoutes } from './web-app.routes.js';

const NOW = 1_770_000_000_000;
const ADA: Principal = { subject: 'ada@a.example', orgId: 'a', roles: ['admin'], kind: 'user', scopes: [] };
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(4000))})`;

const accounts = {
  signIn: ({ password }: SignIn) =>
    password === 'right'
      ? Promise.resolve({ token: 'ada-token', expiresAt: instantOf(NOW + 60_000) })
      : Promise.reject(new SignInRefused()),
};
const authenticator = {
  recognize: () => null,
  authenticate: (authorization?: string) =>
    authorization === 'Bearer ada-token'
      ? Promise.resolve(ADA)
      : Promise.reject(new UnauthenticatedError(authorization ? 'expired' : 'missing')),
};

const opened: FastifyInstance[] = [];

const open = async (publicUrl: string, folder: string): Promise<FastifyInstance> => {
  const server = Fastify();
  opened.push(server);
  const site = { publicUrl };
  server.setErrorHandler((error, _request, reply) => {
    const known = problemOf(error);
    if (!known) throw error;
    return sendProblem(reply, known);
  });
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(securityHeaders(site));
    done();
  });
  cookieAuthorization(server, site);
  server.all('/v1/who', ({ headers }) => ({ authorization: headers.authorization ?? null }));
  sessionRoutes(server, {
    authenticator,
    accounts,
    clock: { now: () => instantOf(NOW) },
    site,
    timeZoneOf: () => Promise.resolve('Europe/Berlin'),
  });
  webAppRoutes(server, folder);
  await server.listen({ host: '127.0.0.1', port: 0 });
  return server;
};

const ours = { 'x-sla-csrf': '1', 'sec-fetch-site': 'same-origin' };
const body = { organization: 'a', email: 'ada@a.example', password: 'right' };
const page = { accept: 'text/html,*/*' };

describe('the web app over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sla-web-'));
  let server: FastifyInstance;
  const ask = (url: string, options: Asking = {}) => request(server, url, options);

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>SLA</title>');
    writeFileSync(join(folder, 'assets', 'main-1a2b.js'), SCRIPT);
    writeFileSync(join(folder, '.built'), 'stamp');
    server = await open('http://127.0.0.1:3000', folder);
  });
  afterAll(async () => {
    await Promise.all(opened.map((each) => each.close()));
    rmSync(folder, { recursive: true });
  });

  describe('a session', () => {
    it('puts the token where no script can read it', async () => {
      const answer = await ask('/session', { method: 'POST', headers: ours, payload: body });
      expect(answer.json).toEqual({
        subject: 'ada@a.example',
        organization: 'a',
        roles: ['admin'],
        expiresAt: null,
        timeZone: 'Europe/Berlin',
      });
      expect(answer.headers['set-cookie']).toEqual([
        'sla-session=ada-token; Path=/; HttpOnly; SameSite=Strict; Max-Age=60',
      ]);
      expect(answer.body).not.toContain('ada-token');
    });

    it('is bound to its host and to TLS where there is TLS', async () => {
      const secure = await open('https://sla.example', folder);
      const answer = await request(secure, '/session', { method: 'POST', headers: ours, payload: body });
      expect(answer.headers['set-cookie']?.[0]).toMatch(
        /^__Host-sla-session=ada-token; Path=\/; .*; Secure; /,
      );
      expect(answer.headers['strict-transport-security']).toBeDefined();
    });

    it.each([
      ['a form of a foreign page', { 'sec-fetch-site': 'cross-site', 'x-sla-csrf': '1' }],
      ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site', 'x-sla-csrf': '1' }],
      ['an old browser on a foreign page', { origin: 'https://evil.example', 'x-sla-csrf': '1' }],
      ['a form, which cannot send the header', { 'sec-fetch-site': 'same-origin' }],
    ])('is neither begun nor ended by %s', async (_, headers) => {
      for (const method of ['POST', 'DELETE'] as const) {
        const answer = await ask('/session', {
          method,
          headers,
          ...(method === 'POST' && { payload: body }),
        });
        expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, undefined]);
      }
    });

    it('answers a wrong password as the API does', async () => {
      const answer = await ask('/session', {
        method: 'POST',
        headers: ours,
        payload: { ...body, password: 'no' },
      });
      expect([answer.statusCode, answer.json.detail]).toEqual([
        403,
        'Organization, email or password is wrong.',
      ]);
    });

    it.each(['null', '[]', '{"organization":1}', '{"organization":"a","email":"x"}'])(
      'asks for what is missing in %s',
      async (payload) => {
        const headers = { ...ours, 'content-type': 'application/json' };
        expect((await ask('/session', { method: 'POST', headers, payload })).statusCode).toBe(400);
      },
    );

    it('says who is signed in, and ends', async () => {
      const cookie = 'other=1; sla-session=ada-token';
      expect((await ask('/session', { headers: { cookie } })).json).toMatchObject({
        subject: 'ada@a.example',
      });
      expect((await ask('/session')).statusCode).toBe(204);
      const stale = await ask('/session', { headers: { cookie: 'sla-session=old' } });
      expect([stale.statusCode, stale.headers['set-cookie']]).toEqual([
        204,
        [expect.stringContaining('Max-Age=0')],
      ]);
      const out = await ask('/session', { method: 'DELETE', headers: { ...ours, cookie } });
      expect([out.statusCode, out.headers['set-cookie']]).toEqual([
        204,
        [expect.stringContaining('Max-Age=0')],
      ]);
    });
  });

  describe('the cookie', () => {
    const cookie = 'sla-session=ada-token';
    const who = async (headers: Record<string, string>, method: 'GET' | 'POST' = 'GET') =>
      (await ask('/v1/who', { method, headers })).json;

    it('stands for the token on our own pages', async () => {
      expect(await who({ cookie, 'sec-fetch-site': 'same-origin' })).toEqual({
        authorization: 'Bearer ada-token',
      });
      expect(await who({ cookie, ...ours }, 'POST')).toEqual({ authorization: 'Bearer ada-token' });
      expect(await who({ cookie, 'sec-fetch-site': 'none' })).toEqual({ authorization: 'Bearer ada-token' });
    });

    it('never goes before a token that was sent', async () => {
      expect(await who({ cookie, authorization: 'Bearer other' })).toEqual({ authorization: 'Bearer other' });
    });

    it('changes nothing without the header', async () => {
      expect(await who({ cookie, 'sec-fetch-site': 'same-origin' }, 'POST')).toMatchObject({ status: 403 });
    });

    it.each([
      [{ 'sec-fetch-site': 'cross-site' }],
      [{ 'sec-fetch-site': 'same-site' }],
      [{ origin: 'https://evil.example' }],
      [{ origin: 'null' }],
      [{ origin: 'http://127.0.0.1:3001' }],
    ])('says nothing to %j', async (from) => {
      const headers = { cookie, ...from, host: '127.0.0.1:3000', 'x-sla-csrf': '1' };
      expect(await who(headers)).toEqual({ authorization: null });
      expect(await who(headers, 'POST')).toEqual({ authorization: null });
    });

    it('opens a socket for our own pages alone', () => {
      const site = { publicUrl: 'https://sla.example' };
      const own = { cookie: `${cookieName(site)}=t`, host: 'sla.example' };
      expect(socketAuthorization(site, { ...own, origin: 'https://sla.example' })).toBe('Bearer t');
      expect(socketAuthorization(site, { ...own, origin: 'https://evil.example' })).toBeUndefined();
      expect(socketAuthorization(site, own)).toBeUndefined();
    });
  });

  describe('its files', () => {
    it('are kept for ever where their name says what is in them', async () => {
      const answer = await ask('/assets/main-1a2b.js', { headers: { 'accept-encoding': 'gzip, br' } });
      expect(answer.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'br',
        'content-type': 'text/javascript; charset=utf-8',
        vary: 'accept-encoding',
      });
      expect(answer.raw.length).toBeLessThan(200);
      const plain = await ask('/assets/main-1a2b.js');
      expect([plain.body, plain.headers['content-encoding']]).toEqual([SCRIPT, undefined]);
    });

    it('are not sent again to those who have them', async () => {
      const { etag } = (await ask('/', { headers: page })).headers;
      for (const known of [String(etag), `W/${String(etag)}`, `"older", ${String(etag)}`, '*']) {
        const again = await ask('/', { headers: { ...page, 'if-none-match': known } });
        expect([again.statusCode, again.body, again.headers['cache-control']]).toEqual([304, '', 'no-cache']);
      }
      const other = await ask('/', { headers: { ...page, 'if-none-match': '"older"' } });
      expect(other.statusCode).toBe(200);
    });

    it.each(['/', '/matrix', '/customers/ACME.1%2F2', '/matrix?at=2026-03-03'])('open at %s', async (url) => {
      const answer = await ask(url, { headers: page });
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    });

    it.each(['/assets/main-0000.js', '/../package.json', '/.built', '/%2e%2e/package.json'])(
      'do not include %s',
      async (url) => {
        const answer = await ask(url, { headers: { accept: '*/*' } });
        expect([answer.statusCode, answer.json]).toEqual([
          404,
          expect.objectContaining({ code: 'NOT_FOUND' }),
        ]);
      },
    );

    it.each(['/v1/nothing', '/graphql/x', '/metrics/x'])('never hide a mistyped %s', async (url) => {
      const answer = await ask(url, { headers: page });
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        404,
        expect.stringContaining('application/problem+json'),
      ]);
      expect((await ask(url, { method: 'POST', payload: {} })).statusCode).toBe(404);
    });

    it('say how to build them where they are missing', async () => {
      const bare = await open('http://127.0.0.1:3000', join(folder, 'nowhere'));
      const answer = await request(bare, '/matrix', { headers: page });
      expect([answer.statusCode, answer.json.detail]).toEqual([503, expect.stringContaining('npm start')]);
    });

    it('allow nothing inline, nothing foreign, no frame', async () => {
      const { headers } = await ask('/', { headers: page });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:/);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    });
  });
});
