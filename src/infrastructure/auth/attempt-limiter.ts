import { LRUCache } from 'lru-cache';

export interface AttemptLimits {
  /** Failures until the first lock. */
  readonly failures: number;
  /** Milliseconds; doubles with every further failure. */
  readonly firstLockMs: number;
  readonly maxLockMs: number;
  /** Milliseconds without an attempt after which everything is forgotten. */
  readonly forgetMs: number;
  /** Most names remembered; the ones unused for longest go first. */
  readonly capacity: number;
}

interface Attempts {
  readonly failures: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}

/** Counts failed attempts by name and locks for ever longer. All instants are milliseconds since 1970. */
export class AttemptLimiter {
  private readonly attempts: LRUCache<string, Attempts>;

  constructor(private readonly limits: AttemptLimits) {
    this.attempts = new LRUCache({ max: limits.capacity });
  }

  /** When the next attempt may be made, if not now. */
  lockedUntil(name: string, now: number): number | null {
    const until = this.attempts.get(name)?.lockedUntil ?? 0;
    return until > now ? until : null;
  }

  /** Counts an attempt as failed before its outcome is known, so that many at once are no way around the limit. */
  begin(name: string, now: number): void {
    const { failures: free, firstLockMs, maxLockMs, forgetMs } = this.limits;
    const known = this.attempts.get(name);
    const failures = (known === undefined || now - known.lastAt > forgetMs ? 0 : known.failures) + 1;
    const lock = failures < free ? 0 : Math.min(maxLockMs, firstLockMs * 2 ** Math.min(failures - free, 30));
    this.attempts.set(name, { failures, lastAt: now, lockedUntil: now + lock });
  }

  /** Takes back one attempt that was no failure after all. */
  forgive(name: string): void {
    const known = this.attempts.get(name);
    if (known === undefined) return;
    const failures = known.failures - 1;
    if (failures <= 0) this.attempts.delete(name);
    else
      this.attempts.set(name, {
        ...known,
        failures,
        lockedUntil: failures < this.limits.failures ? 0 : known.lockedUntil,
      });
  }

  /** Whoever proved who they are starts afresh. */
  clear(name: string): void {
    this.attempts.delete(name);
  }
}
