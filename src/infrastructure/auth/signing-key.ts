import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { openKeyFile } from './key-file.js';

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
  const { file, text } = await openKeyFile(dataDir, `${name}.jwk`, newKeyPair);
  const jwk = parse(text, file);
  const publicJwk: JWK = { kty: 'OKP', crv: 'Ed25519', x: jwk.x };
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    kid,
    privateKey: (await importJWK(jwk, 'EdDSA')) as CryptoKey,
    publicKey: (await importJWK(publicJwk, 'EdDSA')) as CryptoKey,
    publicJwk: { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' },
  };
};

const newKeyPair = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
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
