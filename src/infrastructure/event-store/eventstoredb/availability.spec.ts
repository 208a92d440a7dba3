import { describe, expect, it } from '@jest/globals';
import { EventStoreError } from '../../../application/ports/event-store.js';
import { Availability } from './availability.js';
import { UnsupportedServerError } from './eventstoredb-errors.js';

const open = new AbortController().signal;
const never = new Promise<never>(() => undefined);
const gone = (): Promise<never> => Promise.reject(new Error('gone'));
const answer = (): Promise<string> => Promise.resolve('answer');

/** Fails with these errors, one a try, and then gives the number of tries. */
const failing = (...errors: Error[]): (() => Promise<number>) => {
  let tries = 0;
  return async () => {
    const error = errors[tries++];
    if (error) throw error;
    return tries;
  };
};

/** The log is away for longer than anybody is patient. */
const longAway = async (): Promise<Availability> => {
  const availability = new Availability(0, open);
  await expect(availability.patiently(gone)).rejects.toThrow('gone');
  return availability;
};

describe('a log that is away for a moment', () => {
  it('is tried again', async () => {
    const away = Object.assign(new Error('no connection'), { code: 14 });
    expect(await new Availability(10_000, open).patiently(failing(away, new Error('half a frame')))).toBe(3);
  });

  it.each([
    new EventStoreError('CONFLICT', 'moved'),
    new EventStoreError('DENIED', 'no'),
    new UnsupportedServerError('20.6', '21.10'),
  ])('is not asked again for what cannot come right: %p', async (error) => {
    await expect(new Availability(10_000, open).patiently(failing(error))).rejects.toBe(error);
  });

  it('ends with the last error, in the words of the port', async () => {
    await expect(new Availability(0, open).patiently(gone)).rejects.toMatchObject({
      kind: 'UNAVAILABLE',
      message: 'EventStoreDB cannot be reached: gone',
    });
  });

  it('is waited for no longer once the store closes', async () => {
    await expect(new Availability(10_000, AbortSignal.abort()).patiently(gone)).rejects.toThrow('gone');
  });
});

describe('a log that has been away for long', () => {
  it('refuses at once who comes while another finds out', async () => {
    const availability = await longAway();
    void availability.patiently(() => never);
    let tried = false;
    const refused = availability.patiently(async () => {
      tried = true;
    });
    await expect(refused).rejects.toMatchObject({
      kind: 'UNAVAILABLE',
      message: expect.stringContaining('gone'),
    });
    expect(tried).toBe(false);
  });

  it('is tried once by each that comes alone, and is back with the first answer', async () => {
    const availability = await longAway();
    for (let i = 0; i < 3; i += 1) await expect(availability.patiently(gone)).rejects.toThrow('gone');
    expect(await availability.patiently(answer)).toBe('answer');
    const side = await Promise.all([availability.patiently(answer), availability.patiently(answer)]);
    expect(side).toEqual(['answer', 'answer']);
  });

  it('is back with a refusal too', async () => {
    const availability = await longAway();
    const conflict = new EventStoreError('CONFLICT', 'moved');
    await expect(availability.patiently(failing(conflict))).rejects.toBe(conflict);
    const side = await Promise.all([availability.patiently(answer), availability.patiently(answer)]);
    expect(side).toEqual(['answer', 'answer']);
  });
});
