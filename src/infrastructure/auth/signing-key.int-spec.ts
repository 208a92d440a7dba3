import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { openSigningKey } from './signing-key.js';

const run = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (path: string): Promise<number> => (await stat(join(folder, path))).mode & 0o777;

const LOADER = join(import.meta.dirname, '../../../test/crash/typescript-loader.mjs');
const PROGRAM = `const { openSigningKey } = await import(process.argv[1]);
console.log((await openSigningKey(process.argv[2])).kid);`;
/** Another process opens the key, and says which it is. */
const openedElsewhere = async (): Promise<string> => {
  const module = pathToFileURL(join(import.meta.dirname, 'signing-key.ts')).href;
  const args = ['--import', LOADER, '--input-type=module', '-e', PROGRAM, module, folder];
  return (await run(process.execPath, args)).stdout.trim();
};

describe('the signing key', () => {
  it('is made once and found again, for the eyes of its owner alone', async () => {
    const first = await openSigningKey(folder);
    expect((await openSigningKey(folder)).kid).toBe(first.kid);
    expect(await readdir(join(folder, 'keys'))).toEqual(['token-signing.jwk']);
    expect(await modeOf('keys')).toBe(0o700);
    expect(await modeOf('keys/token-signing.jwk')).toBe(0o600);
    expect(Object.keys(first.publicJwk)).not.toContain('d');
  });

  it('is one when many ask at once in one process', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openSigningKey(folder)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect(await readdir(join(folder, 'keys'))).toEqual(['token-signing.jwk']);
  });

  it('is one when processes race for it', async () => {
    const kids = await Promise.all(Array.from({ length: 6 }, openedElsewhere));
    expect(new Set(kids)).toEqual(new Set([(await openSigningKey(folder)).kid]));
    expect(await readdir(join(folder, 'keys'))).toEqual(['token-signing.jwk']);
  }, 30_000);

  it('differs by purpose', async () => {
    const [tokens, heads] = [await openSigningKey(folder), await openSigningKey(folder, 'tree-head')];
    expect(tokens.kid).not.toBe(heads.kid);
  });

  it('gets back the permissions that a copy lost', async () => {
    await openSigningKey(folder);
    await chmod(join(folder, 'keys'), 0o755);
    await chmod(join(folder, 'keys', 'token-signing.jwk'), 0o644);
    await openSigningKey(folder);
    expect(await modeOf('keys')).toBe(0o700);
    expect(await modeOf('keys/token-signing.jwk')).toBe(0o600);
  });

  it.each(['', '{', '{"kty":"oct","k":"c2VjcmV0"}', '{"kty":"OKP","crv":"Ed25519","x":"AA","d":'])(
    'is never replaced when the file holds something else: %j',
    async (text) => {
      await mkdir(join(folder, 'keys'));
      const file = join(folder, 'keys', 'token-signing.jwk');
      await writeFile(file, text);
      await expect(openSigningKey(folder)).rejects.toThrow('holds no Ed25519 key');
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );
});
