import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inGroups } from './in-groups.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('working in groups', () => {
  it('answers in order, one of a group at a time and no more groups than allowed', async () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 4 }), async (groups, atOnce) => {
        const running: string[] = [];
        const begun = new Map<string, number[]>();
        const numbered = groups.map((group, index) => ({ group, index }));
        const answers = await inGroups(
          numbered,
          ({ group }) => group,
          atOnce,
          async ({ group, index }) => {
            expect(running).not.toContain(group);
            expect(running.length).toBeLessThan(atOnce);
            running.push(group);
            begun.set(group, [...(begun.get(group) ?? []), index]);
            await turn();
            running.splice(running.indexOf(group), 1);
            return index;
          },
        );
        expect(answers).toEqual(numbered.map(({ index }) => index));
        for (const order of begun.values()) expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });
});
