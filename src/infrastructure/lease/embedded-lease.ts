import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { type Held, Lease } from '../../application/ports/lease.js';
import { ReadStoreError } from '../../application/ports/read-store.js';
import { isBusy } from '../event-store/sqlite/sqlite-errors.js';

/**
 * For processes that share a data folder. What is exclusive is a lock on a file there, which the system takes back from a
 * process that ends, however it ends; everything else is always granted.
 */
export class EmbeddedLease extends Lease {
  readonly #locks = new Map<string, Database.Database>();
  #token = 0n;

  /**
   * @param folder for the files that are locked
   * @param exclusive names that one process at a time gets; letters and digits
   */
  constructor(
    private readonly folder: string,
    private readonly exclusive: ReadonlySet<string>,
  ) {
    super();
  }

  async acquire(name: string): Promise<Held | null> {
    if (this.exclusive.has(name) && !this.#locked(name)) return null;
    this.#token += 1n;
    const release = async (): Promise<void> => this.#release(name);
    return { token: this.#token, lost: new AbortController().signal, release };
  }

  async close(): Promise<void> {
    for (const name of [...this.#locks.keys()]) this.#release(name);
  }

  /** False: another process has it, or this one has it already. */
  #locked(name: string): boolean {
    if (this.#locks.has(name)) return false;
    let lock: Database.Database | undefined;
    try {
      mkdirSync(this.folder, { recursive: true });
      lock = new Database(join(this.folder, `${name}.lock`), { timeout: 0 });
      // Nothing is ever written: the lock is all there is to it.
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock?.close();
      if (isBusy(error)) return false;
      throw new ReadStoreError('UNAVAILABLE', `The lock ${name} in ${this.folder} cannot be taken.`, {
        cause: error,
      });
    }
    this.#locks.set(name, lock);
    return true;
  }

  #release(name: string): void {
    this.#locks.get(name)?.close();
    this.#locks.delete(name);
  }
}
