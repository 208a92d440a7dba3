import mongoose, { type Connection, mongo } from 'mongoose';
import { ReadStoreError } from '../../../application/ports/read-store.js';
import {
  toReadStoreError,
  UnsupportedMongoDbError,
  UnusableUrlError,
  WeakWriteConcernError,
} from './mongodb-errors.js';

export interface MongoDbOptions {
  /** `mongodb://…` or `mongodb+srv://…`; without a database name, `sla`. */
  readonly url: string;
  /** Longest wait for a server that can be written to, in milliseconds. Default 3,000. */
  readonly serverSelectionTimeoutMs?: number;
  /** Longest wait for any answer, in milliseconds; connecting included. Default 5,000. */
  readonly operationTimeoutMs?: number;
}

/** What is open: the connection, its database, and what the server is like. */
export interface Session {
  readonly connection: Connection;
  readonly db: mongo.Db;
  /** The server (FerretDB 1) looks up `{ _id: value }` alone by itself, and evaluates every other filter on all documents. */
  readonly findsByIdOnly: boolean;
}

const OLDEST = [4, 4] as const;

/** One mongoose connection of its own, opened when first needed. Every wait is bounded; every error is the port's. */
export class MongoDbConnection {
  readonly #mongoose = new mongoose.Mongoose();
  readonly #database: string;
  readonly #operationTimeoutMs: number;
  #session: Promise<Session> | null = null;
  #closed = false;

  /** @throws WeakWriteConcernError, UnusableUrlError */
  constructor(private readonly options: MongoDbOptions) {
    this.#operationTimeoutMs = options.operationTimeoutMs ?? 5_000;
    assertStrong(writeConcernOf(options.url));
    this.#database = /^[^:]+:\/\/[^/]+\/([^?]+)/.exec(options.url)?.[1] ?? 'sla';
  }

  /** @throws ReadStoreError UNAVAILABLE; UnsupportedMongoDbError */
  async run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (this.#closed) throw new ReadStoreError('UNAVAILABLE', 'The read store is closed.');
    const session = this.#opened();
    try {
      return await within(this.#operationTimeoutMs, session.then(work));
    } catch (error) {
      if (error instanceof mongo.MongoServerSelectionError) this.#giveUp(session);
      throw toReadStoreError(error);
    }
  }

  /**
   * The driver watches the servers by itself, but its watch may have stopped with the connection that was cut: then no
   * server is ever found again. The next call connects anew.
   */
  #giveUp(session: Promise<Session>): void {
    if (this.#session !== session) return;
    this.#session = null;
    session.then(({ connection }) => connection.close()).catch(neverOpened);
  }

  /** For commands that take the option; the server gives up when the client has. */
  get maxTimeMS(): number {
    return this.#operationTimeoutMs;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const session = this.#session;
    this.#session = null;
    if (session) await session.then(({ connection }) => connection.close(), neverOpened);
  }

  #opened(): Promise<Session> {
    this.#session ??= this.#open();
    return this.#session;
  }

  async #open(): Promise<Session> {
    const { url, serverSelectionTimeoutMs = 3_000 } = this.options;
    const connection = this.#mongoose.createConnection(url, {
      dbName: decodeURIComponent(this.#database),
      serverSelectionTimeoutMS: serverSelectionTimeoutMs,
      connectTimeoutMS: serverSelectionTimeoutMs,
      socketTimeoutMS: this.#operationTimeoutMs,
      waitQueueTimeoutMS: this.#operationTimeoutMs,
      heartbeatFrequencyMS: 2_000,
      writeConcern: { w: 'majority' },
      readConcern: { level: 'majority' },
      // A secondary may be behind what this process has just written.
      readPreference: 'primary',
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
    });
    try {
      await connection.asPromise();
      const db = connection.db;
      if (!db) throw new ReadStoreError('UNAVAILABLE', 'MongoDB has closed the connection.');
      const { version, ferretdbVersion } = await db.command({ buildInfo: 1 });
      assertSupported(String(version));
      return { connection, db, findsByIdOnly: ferretdbVersion !== undefined };
    } catch (error) {
      // The next call tries again.
      this.#session = null;
      await connection.close();
      throw error;
    }
  }
}

const writeConcernOf = (url: string): mongo.WriteConcern | undefined => {
  try {
    return new mongo.MongoClient(url).options.writeConcern;
  } catch (error) {
    // Of several classes, one of which the driver does not export; nothing but reading the URL happens here.
    throw new UnusableUrlError(error);
  }
};

const assertStrong = (concern: mongo.WriteConcern | undefined): void => {
  if (concern?.w !== undefined && concern.w !== 'majority') throw new WeakWriteConcernError(`w=${concern.w}`);
  if (concern?.journal === false) throw new WeakWriteConcernError('journal=false');
  if (concern?.wtimeoutMS !== undefined) throw new WeakWriteConcernError('wtimeoutMS');
};

const assertSupported = (version: string): void => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if ((major - OLDEST[0] || minor - OLDEST[1]) < 0) throw new UnsupportedMongoDbError(`version ${version}`);
};

/** The driver bounds each of its waits; this bounds their sum, retries and frozen sockets included. */
const within = async <T>(milliseconds: number, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ReadStoreError('UNAVAILABLE', `MongoDB has not answered for ${milliseconds} ms.`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

const neverOpened = (): undefined => undefined;
