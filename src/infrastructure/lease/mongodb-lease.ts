import { performance } from 'node:perf_hooks';
import type { mongo } from 'mongoose';
import { type Held, Lease } from '../../application/ports/lease.js';
import { MongoDbConnection, type MongoDbOptions } from '../read-store/mongodb/mongodb-connection.js';
import { inserted } from '../read-store/mongodb/mongodb-errors.js';
import { HeldLease } from './held-lease.js';

export interface MongoDbLeaseOptions extends MongoDbOptions {
  /** How long a holder may be silent before another takes over, in milliseconds. Default 5,000. */
  readonly silenceMs?: number;
}

/** One holder's turn. The turn with the highest token is the present one. */
interface LeaseDocument {
  /** Name and token: can be inserted once, so one of many contenders gets the next turn. */
  readonly _id: string;
  readonly name: string;
  /** Twenty digits. */
  readonly token: string;
  /** Counts up while the holder lives. */
  readonly beat: number;
}

/** What was last seen of the present holder, and when by this process's own clock. */
interface Sighting {
  readonly token: string;
  readonly beat: number;
  readonly at: number;
}

type Leases = mongo.Collection<LeaseDocument>;

/**
 * Leases in a MongoDB collection. No clocks are compared between machines: a contender takes over after it has itself watched
 * the holder's counter stand still for the whole time of silence.
 */
export class MongoDbLease extends Lease {
  readonly #connection: MongoDbConnection;
  readonly #silenceMs: number;
  readonly #sightings = new Map<string, Sighting>();
  readonly #held = new Set<HeldLease>();

  constructor({ silenceMs = 5_000, ...options }: MongoDbLeaseOptions) {
    super();
    this.#connection = new MongoDbConnection(options);
    this.#silenceMs = silenceMs;
  }

  async acquire(name: string): Promise<Held | null> {
    const present = await this.#present(name);
    if (present && this.#lives(name, present)) return null;
    const token = BigInt(present?.token ?? 0) + 1n;
    const turn = { _id: `${name} ${text(token)}`, name, token: text(token), beat: 0 };
    if (!(await this.#run((leases) => inserted(leases.insertOne(turn))))) return null;
    // That token may have been free only because its turn is long over.
    if ((await this.#present(name))?.token !== turn.token) {
      await this.#run((leases) => leases.deleteOne({ _id: turn._id }));
      return null;
    }
    await this.#run((leases) => leases.deleteMany({ name, token: { $lt: turn.token } }));
    const held: HeldLease = new HeldLease(token, this.#silenceMs, {
      renew: (beat) => this.#renew(turn._id, beat),
      release: () => this.#release(turn._id, held),
    });
    this.#held.add(held);
    return held;
  }

  async close(): Promise<void> {
    // What cannot be released now is over when it has been silent long enough.
    await Promise.allSettled([...this.#held].map((held) => held.release()));
    await this.#connection.close();
  }

  /** A turn whose counter has not moved for as long as this process has watched it, and long enough, is over. */
  #lives(name: string, { token, beat }: LeaseDocument): boolean {
    if (beat === RELEASED) return false;
    const seen = this.#sightings.get(name);
    const now = performance.now();
    if (seen?.token === token && seen.beat === beat) return now - seen.at < this.#silenceMs;
    this.#sightings.set(name, { token, beat, at: now });
    return true;
  }

  async #renew(_id: string, beat: number): Promise<boolean> {
    const { matchedCount } = await this.#run((leases) => leases.updateOne({ _id }, { $set: { beat } }));
    return matchedCount === 1;
  }

  /** Marked, not removed: the next token follows from it. */
  async #release(_id: string, held: HeldLease): Promise<void> {
    this.#held.delete(held);
    await this.#run((leases) => leases.updateOne({ _id }, { $set: { beat: RELEASED } }));
  }

  #present(name: string): Promise<LeaseDocument | null> {
    return this.#run((leases) => leases.findOne({ name }, { sort: { token: -1 } }));
  }

  #run<T>(work: (leases: Leases) => Promise<T>): Promise<T> {
    return this.#connection.run(({ db }) => work(db.collection<LeaseDocument>('leases')));
  }
}

const RELEASED = -1;

const text = (token: bigint): string => String(token).padStart(20, '0');
