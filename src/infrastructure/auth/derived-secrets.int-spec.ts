import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DerivedSecrets } from './derived-secrets.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives every process the same secret, and every webhook its own', async () => {
  const [one, other] = await Promise.all([DerivedSecrets.open(folder), DerivedSecrets.open(folder)]);
  expect(other.keyId).toBe(one.keyId);
  expect(other.secretOf('acme', 'w')).toBe(one.secretOf('acme', 'w'));
  const secrets = [
    ...[one.secretOf('acme', 'w'), one.secretOf('acme', 'v'), one.secretOf('acm', 'ew')],
    ...[one.secretOf('acme', 'w', 'second'), one.secretOf('acme', 'w', 'third')],
  ];
  expect(new Set(secrets).size).toBe(5);
  expect(secrets[0]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect((await stat(join(folder, 'keys', 'webhook-secrets.key'))).mode & 0o777).toBe(0o600);
});

it('derives them as RFC 5869 says', () => {
  const secrets = new DerivedSecrets(Buffer.alloc(32, 7));
  // openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:0707… -kdfopt info:'["webhook","acme","w"]' HKDF
  expect(secrets.secretOf('acme', 'w')).toBe('whsec_IIZrPf/24D71Zw7zNhs4vC5XDUshrSxWXRWQr9qruao=');
});

it('says when the file holds no key', async () => {
  await DerivedSecrets.open(folder);
  await writeFile(join(folder, 'keys', 'webhook-secrets.key'), 'short');
  await expect(DerivedSecrets.open(folder)).rejects.toThrow(/holds no key/);
});
