import { describe, expect, it } from '@jest/globals';
import { currentVersion, upcast } from './upcasters.js';

describe('upcasting', () => {
  const upcasters = {
    ApiKeyRevoked: [
      (data: object) => ({ ...data, second: true }),
      (data: object) => ({ ...data, third: 'second' in data }),
    ],
  };

  it('goes through every version between the stored one and the current one', () => {
    expect(upcast('ApiKeyRevoked', 1, { keyId: 'k' }, upcasters)).toEqual({
      keyId: 'k',
      second: true,
      third: true,
    });
    expect(upcast('ApiKeyRevoked', 2, { keyId: 'k' }, upcasters)).toEqual({ keyId: 'k', third: false });
  });

  it('leaves the current version alone', () => {
    const data = { keyId: 'k' };
    expect(upcast('ApiKeyRevoked', 3, data, upcasters)).toBe(data);
    expect(upcast('PasswordSet', 1, data, upcasters)).toBe(data);
  });

  it('counts versions from 1', () => {
    expect(currentVersion('ApiKeyRevoked', upcasters)).toBe(3);
    expect(currentVersion('PasswordSet', upcasters)).toBe(1);
  });
});
