/** The only source of new identities. */
export abstract class IdGenerator {
  /** A random UUID (version 4). */
  abstract random(): string;
  /** The UUID (version 5) that follows from the parts: the same parts, the same id, on every machine. */
  abstract derived(...parts: readonly string[]): string;
}
