/** Slow on purpose: what it makes is worth little to whoever steals it. */
export abstract class PasswordHasher {
  /** Encoded with algorithm, parameters and salt. */
  abstract hash(password: string): Promise<string>;
  /** @param encoded as {@link hash} gave it; null: there is none, and the same work is done for nothing */
  abstract verify(password: string, encoded: string | null): Promise<boolean>;
}
