import type Database from 'libsql';

/**
 * Wakes those who follow the log: at once for commits of this process, and for those of other processes when a
 * look at SQLite's `data_version` shows one. The look costs some microseconds and is taken only while somebody follows.
 */
export class CommitWatch {
  private readonly sleeping = new Set<() => void>();
  private readonly dataVersion: Database.Statement;
  private followers = 0;
  private timer: NodeJS.Timeout | undefined;
  private seen: number | undefined;

  constructor(
    db: Database.Database,
    private readonly pollMs: number,
  ) {
    this.dataVersion = db.prepare('PRAGMA data_version').raw();
  }

  /** To be called before the first read of a follower; the answer ends it. */
  follow(): () => void {
    if (this.followers++ === 0) this.timer = setInterval(() => this.look(), this.pollMs);
    return () => {
      if (--this.followers === 0) clearInterval(this.timer);
    };
  }

  /** Resolves at the next commit, or when `signal` aborts. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.sleeping.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.sleeping.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted) wake();
    });
  }

  wake(): void {
    for (const wake of [...this.sleeping]) wake();
  }

  private look(): void {
    if (this.sleeping.size === 0) return;
    const version = this.version();
    if (version !== undefined && version === this.seen) return;
    this.seen = version;
    this.wake();
  }

  /** undefined when it cannot be read: those who are woken then meet the error in their own read. */
  private version(): number | undefined {
    try {
      return (this.dataVersion.get([]) as [number])[0];
    } catch {
      return undefined;
    }
  }
}
