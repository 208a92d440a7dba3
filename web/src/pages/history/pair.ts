/** Numbers of the two versions compared, the earlier first. */
export type Pair = readonly [earlier: number, later: number];

/** What the address asks for, or the last step: the newest version and the one before. */
export const pairOf = (a: string | undefined, b: string | undefined, newest: number): Pair => {
  const asked = [a, b].map(Number).filter((number) => Number.isInteger(number) && number >= 1);
  const [one = Math.max(1, newest - 1), other = newest] = asked;
  return one <= other ? [one, other] : [other, one];
};

/** With a version more: the one chosen longest ago goes. `pair` is in the order of choice. */
export const choosing = (pair: readonly number[], number: number): readonly number[] =>
  pair.includes(number) ? pair : [...pair, number].slice(-2);
