import type { BenchRow } from '../bench-row.js';

export const ROUNDS = 7;

/** One measurement of one side. */
export type Measure = () => Promise<number>;

/** Both sides in turns, after one round that does not count; who begins takes turns too. */
export const inTurns = async (
  ours: Measure,
  peer: Measure,
  rounds = ROUNDS,
): Promise<Pick<BenchRow, 'ours' | 'peer'>> => {
  const figures: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++)
    for (const side of round % 2 ? ([1, 0] as const) : ([0, 1] as const)) {
      const figure = await (side === 0 ? ours() : peer());
      if (round > 0) figures[side].push(figure);
    }
  return { ours: figures[0], peer: figures[1] };
};
