import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';

/** An Ed25519 key pair of this installation. */
export interface SigningKey {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

/**
 * Opens the key pair `<dataDir>/keys/<name>.jwk`, or makes it: whoever comes first, in whatever process, makes
 * the one that everybody uses. Rejects when the folder cannot be written or the file holds no such key.
 */
export const openSigningKey = async (dataDir: string, name = 'token-signing'): Promise<SigningKey> => {
  const folder = join(dataDir, 'keys');
  const file = join(folder, `${name}.jwk`);
  const text = (await readIfThere(file)) ?? (await create(folder, file));
  const jwk = parse(text, file);
  // A restored backup or a copied folder may have lost its permissions.
  await chmod(folder, 0o700);
  await chmod(file, 0o600);
  const publicJwk: JWK = { kty: 'OKP', crv: 'Ed25519', x: jwk.x };
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    kid,
    privateKey: (await importJWK(jwk, 'EdDSA')) as CryptoKey,
    publicKey: (await importJWK(publicJwk, 'EdDSA')) as CryptoKey,
    publicJwk: { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' },
  };
};

const readIfThere = async (file: string): Promise<string | null> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
};

// A whole, synced file is linked to its name: the name appears once, and never with half a key behind it.
const create = async (folder: string, file: string): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(await exportJWK(privateKey))}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(file, 'utf8');
};

const parse = (text: string, file: string): JWK & { readonly x: string } => {
  const { kty, crv, x, d } = jsonOf(text);
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof d !== 'string')
    throw new Error(`${file} holds no Ed25519 key. Restore it from a backup, or move it away for a new one.`);
  return { kty, crv, x, d };
};

// What JSON.parse says about a broken file may quote the key in it.
const jsonOf = (text: string): Partial<JWK> => {
  try {
    return (JSON.parse(text) as Partial<JWK> | null) ?? {};
  } catch {
    return {};
  }
};

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
