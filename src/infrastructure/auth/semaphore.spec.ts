import { expect, it } from '@jest/globals';
import { BusyError, Semaphore } from './semaphore.js';

it('lets two run, the others wait in order, and sends the rest away', async () => {
  const semaphore = new Semaphore(2, 3);
  const begun: number[] = [];
  const end: (() => void)[] = [];
  const task = (id: number) =>
    semaphore.run(() => {
      begun.push(id);
      return new Promise<void>((resolve) => end.push(resolve));
    });
  const tasks = [1, 2, 3, 4, 5].map(task);
  await expect(task(6)).rejects.toBeInstanceOf(BusyError);
  expect(begun).toEqual([1, 2]);
  end.shift()?.();
  await tasks[0];
  await Promise.resolve();
  expect(begun).toEqual([1, 2, 3]);
  while (begun.length < 5 || end.length > 0) {
    end.shift()?.();
    await new Promise(setImmediate);
  }
  await Promise.all(tasks);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
});

it('gives the place free when a task fails', async () => {
  const semaphore = new Semaphore(1, 0);
  await expect(semaphore.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await semaphore.run(() => Promise.resolve(1))).toBe(1);
});
