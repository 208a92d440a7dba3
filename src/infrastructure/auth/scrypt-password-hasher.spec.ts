import { describe, expect, it } from '@jest/globals';
import { BusyError } from './semaphore.js';
import { ScryptPasswordHasher } from './scrypt-password-hasher.js';

const hasher = new ScryptPasswordHasher({ logN: 4, r: 8, p: 1 });

describe('a password hash', () => {
  it('carries its parameters and its own salt', async () => {
    const [a, b] = await Promise.all([hasher.hash('secret'), hasher.hash('secret')]);
    expect(a).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(a).not.toBe(b);
    expect(await hasher.verify('secret', a)).toBe(true);
    expect(await hasher.verify('Secret', a)).toBe(false);
    expect(await hasher.verify('', a)).toBe(false);
  });

  it('is verified with the parameters it was made with', async () => {
    const encoded = await new ScryptPasswordHasher({ logN: 5, r: 4, p: 2 }).hash('secret');
    expect(await hasher.verify('secret', encoded)).toBe(true);
  });

  it('is one however the letters were composed', async () => {
    expect(await hasher.verify('cafe\u0301', await hasher.hash('caf\u00e9'))).toBe(true);
  });

  it('that is not there is never right', async () => {
    expect(await hasher.verify('', null)).toBe(false);
  });

  it('costs by default what costs an attacker: 32 MiB and three passes', async () => {
    expect(await new ScryptPasswordHasher().hash('secret')).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  });

  it('of a form that nobody wrote is an error, not a refusal', async () => {
    await expect(hasher.verify('secret', 'plain')).rejects.toThrow('unknown form');
  });

  it('is refused when too many wait', async () => {
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => hasher.hash('secret')));
    const refused = all.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(34);
    expect(refused.every((one) => one.reason instanceof BusyError)).toBe(true);
  });
});
