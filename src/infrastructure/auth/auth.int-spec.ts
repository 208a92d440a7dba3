import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeOrganizations } from '../../../test/support/organizations.js';
import { SignInRefused } from '../../application/ports/accounts.js';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { RandomApiKeyMaker } from './api-key.js';
import { openAuth } from './auth.js';
import { ScryptPasswordHasher } from './scrypt-password-hasher.js';

const passwords = new ScryptPasswordHasher({ logN: 4, r: 8, p: 1 });
const ANA = { organization: 'acme', email: 'ana@acme.com', password: 'correct horse' };

let folder: string;
let organizations: FakeOrganizations;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-auth-'));
  organizations = new FakeOrganizations();
  organizations.create('acme');
  organizations.person('acme', ANA.email, ['admin'], await passwords.hash(ANA.password));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('lets in whoever signs in, in every process on the same data folder', async () => {
  const parts = { config: { dataDir: folder, publicUrl: 'http://localhost:3000' }, organizations, passwords };
  const [one, other] = await Promise.all([openAuth(parts), openAuth(parts)]);
  const { token } = await one.accounts.signIn(ANA);
  expect(await other.authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ subject: ANA.email });
});

it('leaves people to the OpenID provider where there is one, and takes keys still', async () => {
  const local = await openAuth({
    config: { dataDir: folder, publicUrl: 'http://localhost:3000' },
    organizations,
    passwords,
  });
  const { token } = await local.accounts.signIn(ANA);
  const oidc = { issuer: 'http://127.0.0.1:9', audience: 'sla', orgClaim: 'org', rolesClaim: 'roles' };
  const empty = join(folder, 'empty');
  const auth = await openAuth({
    config: { dataDir: empty, oidc, publicUrl: 'http://localhost:3000' },
    organizations,
    passwords,
  });
  expect(auth.issuer).toBeNull();
  await expect(readdir(empty)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(auth.accounts.signIn(ANA)).rejects.toBeInstanceOf(SignInRefused);
  await expect(auth.authenticator.authenticate(`Bearer ${token}`)).rejects.toEqual(
    new UnauthenticatedError('invalid'),
  );
  const { keyId, key, hash } = new RandomApiKeyMaker().make('acme');
  organizations.key('acme', keyId, hash, ['feed:read']);
  expect(await auth.authenticator.authenticate(`Bearer ${key}`)).toMatchObject({ subject: keyId });
});
