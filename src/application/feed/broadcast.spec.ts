import { describe, expect, it, jest } from '@jest/globals';
import { Broadcast } from './broadcast.js';

const taken = async (items: AsyncGenerator<number, void, void>, count: number): Promise<number[]> => {
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const { value, done } = await items.next();
    if (done) break;
    found.push(value);
  }
  return found;
};

describe('a broadcast', () => {
  it('gives every follower everything from when they came, at a pace of their own', async () => {
    const broadcast = new Broadcast<number>();
    const { signal } = new AbortController();
    const early = broadcast.follow(signal, jest.fn());
    broadcast.publish(1);
    const late = broadcast.follow(signal, jest.fn());
    broadcast.publish(2);
    expect(await taken(late, 1)).toEqual([2]);
    expect(await taken(early, 2)).toEqual([1, 2]);
    const waiting = taken(early, 1);
    broadcast.publish(3);
    expect(await waiting).toEqual([3]);
  });

  it('sends away who falls behind, and keeps nothing for them', async () => {
    const broadcast = new Broadcast<number>();
    const left = jest.fn();
    const slow = broadcast.follow(new AbortController().signal, left);
    const quick = broadcast.follow(new AbortController().signal, jest.fn());
    for (let i = 0; i <= 1000; i++) {
      broadcast.publish(i);
      expect(await taken(quick, 1)).toEqual([i]);
    }
    await expect(slow.next()).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(left).toHaveBeenCalledTimes(1);
    expect(broadcast.size).toBe(1);
  });

  it('forgets who has gone, begun or not', async () => {
    const broadcast = new Broadcast<number>();
    const gone = new AbortController();
    const left = jest.fn();
    const begun = broadcast.follow(gone.signal, left);
    broadcast.follow(gone.signal, left);
    const waiting = begun.next();
    gone.abort();
    expect(await waiting).toMatchObject({ done: true });
    expect([broadcast.size, left.mock.calls.length]).toEqual([0, 2]);
  });
});
