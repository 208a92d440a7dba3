/**
 * A length of promised time, kept as it was written: `30m`, `8 hours`, `5d`, `1 business day`, `PT4H`.
 * Minutes and hours count covered time; a day counts as the coverage's `dayLength`.
 */
export type DurationText = string;

/** What is promised for one priority. `null`: not promised. */
export interface Commitment {
  readonly priority: string;
  readonly firstResponse: DurationText | null;
  readonly nextUpdate: DurationText | null;
  readonly resolution: DurationText | null;
  /** Key of the coverage whose clock counts. */
  readonly coverage: string;
}

export interface ChannelPromise {
  readonly channel: string;
  readonly priorities?: readonly string[] | null;
  readonly coverage?: string | null;
}

/** Both in percent of the monthly fee. */
export interface CreditRule {
  readonly percentPerBreach: number;
  readonly monthlyCapPercent: number;
}

/** What a tier or a contract promises. */
export interface Terms {
  readonly commitments: readonly Commitment[];
  readonly channels: readonly ChannelPromise[];
  readonly uptimePercent?: number | null;
  readonly achievementPercent?: number | null;
  readonly credits?: CreditRule | null;
  readonly features: readonly string[];
  readonly notes?: string | null;
}

export interface LintWarning {
  readonly code: string;
  readonly message: string;
  readonly tier: string | null;
  readonly priority: string | null;
}
