/** One comparison: the same work by the product and by its peer, measured in turns in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  /** One figure per round; `ours[i]` and `peer[i]` were measured next to each other. */
  readonly ours: readonly number[];
  readonly peer: readonly number[];
  /** What the ratio of the medians is to reach, e.g. `≥ 0.35 ×`. */
  readonly goal: string;
}
