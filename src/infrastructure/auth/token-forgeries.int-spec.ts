import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeOrganizations, stoppedClock } from '../../../test/support/organizations.js';
import { UnauthenticatedError, type UnauthenticatedReason } from '../../application/ports/authenticator.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import { BearerAuthenticator } from './bearer-authenticator.js';
import { LocalTokenVerifier } from './local-token-verifier.js';
import { RecentOrganizations } from './recent-organizations.js';
import { openSigningKey, type SigningKey } from './signing-key.js';
import { TokenIssuer } from './token-issuer.js';

const now = stoppedClock();
const seconds = Math.floor(now() / 1000);
const stranger = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

let folder: string;
let key: SigningKey;
let ours: KeyObject;
let authenticator: BearerAuthenticator;
let good: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-auth-'));
  key = await openSigningKey(folder);
  const stored = JSON.parse(await readFile(join(folder, 'keys', 'token-signing.jwk'), 'utf8')) as JsonWebKey;
  ours = createPrivateKey({ key: stored, format: 'jwk' });
  const organizations = new FakeOrganizations();
  organizations.create('acme');
  organizations.person('acme', 'ana@acme.com', ['viewer'], 'hash');
  const recent = new RecentOrganizations(organizations, now);
  authenticator = new BearerAuthenticator(
    { tokens: new LocalTokenVerifier(key, recent, now), keys: new ApiKeyVerifier(recent, now) },
    now,
  );
  good = (await new TokenIssuer(key, now).issue({ subject: 'ana', orgId: 'acme', roles: ['admin'] })).token;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const HEADER = () => ({ alg: 'EdDSA', kid: key.kid, typ: 'at+jwt' });
const PAYLOAD = {
  iss: 'sla-matrix-manager',
  aud: 'sla-matrix-manager',
  sub: 'ana',
  org: 'acme',
  roles: ['admin'],
  iat: seconds,
  exp: seconds + 60,
  jti: 'one',
};

/** A token with our very own signature, so that nothing but the altered part can be what is refused. */
const signed = (header: object, payload: unknown, by: KeyObject = ours): string => {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${sign(null, Buffer.from(text), by).toString('base64url')}`;
};
const withHeader = (changes: object): string => signed({ ...HEADER(), ...changes }, PAYLOAD);
const withPayload = (changes: object): string => signed(HEADER(), { ...PAYLOAD, ...changes });
const without = (claim: keyof typeof PAYLOAD): string => withPayload({ [claim]: undefined });
const hmac = (alg: string, secret: string | Buffer): string => {
  const text = `${encode({ ...HEADER(), alg })}.${encode(PAYLOAD)}`;
  return `${text}.${createHmac(`sha${alg.slice(2)}`, secret)
    .update(text)
    .digest('base64url')}`;
};
const part = (index: number): string => good.split('.')[index] ?? '';
const strangerJwk = () => stranger.publicKey.export({ format: 'jwk' });

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Another character for the same bytes: 64 bytes leave four bits of the last one unused. */
const strayed = (character: string): string => ALPHABET[ALPHABET.indexOf(character) ^ 1] ?? '';

const forgeries: Readonly<Record<string, () => string>> = {
  'alg none, no signature': () => `${encode({ ...HEADER(), alg: 'none' })}.${encode(PAYLOAD)}.`,
  'alg None': () => `${encode({ ...HEADER(), alg: 'None' })}.${encode(PAYLOAD)}.`,
  'alg none with a signature': () => withHeader({ alg: 'none' }),
  'no alg': () => withHeader({ alg: undefined }),
  'alg as a number': () => withHeader({ alg: 5 }),
  'HS256 with the public key': () => hmac('HS256', JSON.stringify(key.publicJwk)),
  'HS256 with the raw public key': () => hmac('HS256', Buffer.from(key.publicJwk.x ?? '', 'base64url')),
  'HS512 with nothing': () => hmac('HS512', ''),
  'RS256 of a stranger': () => {
    const text = `${encode({ ...HEADER(), alg: 'RS256' })}.${encode(PAYLOAD)}`;
    return `${text}.${sign('sha256', Buffer.from(text), rsa.privateKey).toString('base64url')}`;
  },
  'ES256 named, EdDSA signed': () => withHeader({ alg: 'ES256' }),
  'the key of a stranger under our kid': () => signed(HEADER(), PAYLOAD, stranger.privateKey),
  'another kid': () => withHeader({ kid: 'other' }),
  'no kid': () => withHeader({ kid: undefined }),
  'a kid that is a path': () => withHeader({ kid: '../../../../dev/null' }),
  'a kid that is a list': () => withHeader({ kid: [key.kid] }),
  jku: () => withHeader({ jku: 'https://evil.example/jwks' }),
  'jku of a stranger': () =>
    signed({ ...HEADER(), jku: 'https://evil.example/jwks', kid: 'evil' }, PAYLOAD, stranger.privateKey),
  x5u: () => withHeader({ x5u: 'https://evil.example/cert' }),
  x5c: () => withHeader({ x5c: ['MIIB'] }),
  'an embedded jwk': () => signed({ ...HEADER(), jwk: strangerJwk() }, PAYLOAD, stranger.privateKey),
  'an embedded jwk beside our signature': () => withHeader({ jwk: strangerJwk() }),
  crit: () => withHeader({ crit: ['exp'] }),
  'crit with b64': () => withHeader({ crit: ['b64'], b64: true }),
  zip: () => withHeader({ zip: 'DEF' }),
  'another audience': () => withPayload({ aud: 'another' }),
  'several audiences without us': () => withPayload({ aud: ['a', 'b'] }),
  'no audience': () => without('aud'),
  'another issuer': () => withPayload({ iss: 'https://evil.example' }),
  'an issuer with a slash more': () => withPayload({ iss: 'sla-matrix-manager/' }),
  'no issuer': () => without('iss'),
  'typ JWT': () => withHeader({ typ: 'JWT' }),
  'typ of an id token': () => withHeader({ typ: 'id+jwt' }),
  'no typ': () => withHeader({ typ: undefined }),
  'no end': () => without('exp'),
  'an end in words': () => withPayload({ exp: 'never' }),
  'not yet': () => withPayload({ nbf: seconds + 30 }),
  'not-before in words': () => withPayload({ nbf: 'now' }),
  'no subject': () => without('sub'),
  'an empty subject': () => withPayload({ sub: ' ' }),
  'a subject with control characters': () => withPayload({ sub: 'ana\u202ebob' }),
  'a subject that is an object': () => withPayload({ sub: { $ne: null } }),
  'no organization': () => without('org'),
  'a malformed organization': () => withPayload({ org: 'acme.tier' }),
  'an organization that is a list': () => withPayload({ org: ['acme'] }),
  'an unknown role': () => withPayload({ roles: ['admin', 'root'] }),
  'roles as text': () => withPayload({ roles: 'admin' }),
  'no roles': () => without('roles'),
  'no jti': () => without('jti'),
  'a person who is not there': () => withPayload({ pid: 'eve@acme.com', pwr: '1' }),
  'a person of another organization': () => withPayload({ pid: 'ana@acme.com', pwr: '1', org: 'other' }),
  'a person with an old password': () => withPayload({ pid: 'ana@acme.com', pwr: '0' }),
  'a person that is an operator': () => withPayload({ pid: { $gt: '' }, pwr: '1' }),
  'an altered payload': () =>
    `${part(0)}.${encode({ ...PAYLOAD, roles: ['admin', 'compliance'] })}.${part(2)}`,
  'an altered header': () => `${encode({ ...HEADER(), cty: 'x' })}.${part(1)}.${part(2)}`,
  'no signature': () => `${part(0)}.${part(1)}.`,
  'two parts': () => `${part(0)}.${part(1)}`,
  'four parts': () => `${good}.${part(2)}`,
  'a truncated signature': () => good.slice(0, -10),
  'a longer signature': () => `${good}AAAA`,
  'padding behind it': () => `${good}==`,
  'stray bits in the last character': () => `${good.slice(0, -1)}${strayed(good.at(-1) ?? '')}`,
  'a payload that is a list': () => signed(HEADER(), [PAYLOAD]),
  'a payload that is no JSON': () => signed(HEADER(), 'admin'),
  'a header that is no JSON': () => `${encode('alg')}.${part(1)}.${part(2)}`,
  'a header that is null': () => `${encode('null')}.${part(1)}.${part(2)}`,
  'no token at all': () => 'x',
  'an empty one': () => '..',
  'an API key of nobody': () => `sla_acme.000000000000_${'A'.repeat(43)}`,
  'an API key of nowhere': () => `sla_nowhere.000000000000_${'A'.repeat(43)}`,
  'an API key that is none': () => 'sla_acme',
};

const reasonOf = async (header: string | undefined): Promise<UnauthenticatedReason | string> => {
  try {
    const principal = await authenticator.authenticate(header);
    return `accepted: ${JSON.stringify(principal)}`;
  } catch (error) {
    expect(error).toBeInstanceOf(UnauthenticatedError);
    return (error as UnauthenticatedError).reason;
  }
};

describe('a forged token', () => {
  it.each(Object.keys(forgeries))('is refused: %s', async (name) => {
    expect(await reasonOf(`Bearer ${forgeries[name]?.()}`)).toBe('invalid');
    expect(await reasonOf(`Bearer ${forgeries[name]?.()}`)).toBe('invalid');
  });

  it.each([undefined, '', '  '])('is refused as missing: %j', async (header) => {
    expect(await reasonOf(header)).toBe('missing');
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearer a,b', 'Bearer tökén', 'Token x'])(
    'is refused where the header is wrong: %j',
    async (header) => {
      expect(await reasonOf(header)).toBe('invalid');
    },
  );

  it('is refused undecoded when it is very long', async () => {
    expect(await reasonOf(`Bearer ${'A'.repeat(16 * 1024)}`)).toBe('invalid');
    const started = performance.now();
    expect(await reasonOf(`Bearer ${'eyJ.'.repeat(4_000_000)}`)).toBe('invalid');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('is refused also beside the good one it was made from', async () => {
    await authenticator.authenticate(`Bearer ${good}`);
    for (const name of ['an altered payload', 'an altered header', 'a longer signature'])
      expect(await reasonOf(`Bearer ${forgeries[name]?.()}`)).toBe('invalid');
  });

  it('is told apart only where it has ended, and only when it was good', async () => {
    expect(await reasonOf(`Bearer ${withPayload({ exp: seconds })}`)).toBe('expired');
    expect(await reasonOf(`Bearer ${signed(HEADER(), { ...PAYLOAD, exp: 1 }, stranger.privateKey)}`)).toBe(
      'invalid',
    );
  });
});

describe('a good token', () => {
  it('names its principal', async () => {
    expect(await authenticator.authenticate(`Bearer ${good}`)).toEqual({
      subject: 'ana',
      orgId: 'acme',
      roles: ['admin'],
      kind: 'user',
      scopes: [],
      expiresAt: seconds + 3600,
    });
  });

  it('may be written with a small bearer', async () => {
    expect(await authenticator.authenticate(`bearer ${good}`)).toMatchObject({ subject: 'ana' });
  });

  it('shows that the forgeries differ from it in their one fault alone', async () => {
    expect(await authenticator.authenticate(`Bearer ${withPayload({})}`)).toMatchObject({ subject: 'ana' });
    const signIn = withPayload({ pid: 'ana@acme.com', pwr: '1' });
    expect(await authenticator.authenticate(`Bearer ${signIn}`)).toMatchObject({ roles: ['viewer'] });
  });
});
