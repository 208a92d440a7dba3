import { Error as MongooseError, mongo } from 'mongoose';
import { type ReadModel, ReadStoreError } from '../../../application/ports/read-store.js';

/** Waiting and trying again cannot help: server or settings have to be changed. */
class LastingError extends ReadStoreError {
  constructor(message: string, options?: ErrorOptions) {
    super('UNAVAILABLE', message, options);
  }

  override get passes(): boolean {
    return false;
  }
}

export class UnusableUrlError extends LastingError {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`MONGODB_URL cannot be used: ${reason}.`, { cause });
    this.name = 'UnusableUrlError';
  }
}

/** The URL asks for acknowledgements that a failover may take back. */
export class WeakWriteConcernError extends LastingError {
  constructor(found: string) {
    super(
      `MONGODB_URL asks for ${found}: a write could be lost after it was acknowledged. ` +
        'Leave w, journal and wtimeoutMS out of it; read models are always written with w=majority.',
    );
    this.name = 'WeakWriteConcernError';
  }
}

export class UnsupportedMongoDbError extends LastingError {
  constructor(found: string, options?: ErrorOptions) {
    super(`The server of MONGODB_URL is too old (${found}). Use MongoDB 4.4 or newer.`, options);
    this.name = 'UnsupportedMongoDbError';
  }
}

export class RefusedAccountError extends LastingError {
  constructor(found: string, options?: ErrorOptions) {
    super(
      `MongoDB refuses the account in MONGODB_URL (${found}). Check its name, password, authSource and rights.`,
      options,
    );
    this.name = 'RefusedAccountError';
  }
}

/** Unauthorized, AuthenticationFailed; and Atlas for either. */
const REFUSED: readonly unknown[] = [13, 18, 8000];

/** What the driver threw, as the port's error; what is not the driver's comes back as it is. */
export const toReadStoreError = (error: unknown): unknown => {
  if (error instanceof mongo.MongoCompatibilityError || causedByAge(error))
    return new UnsupportedMongoDbError(error.message, { cause: error });
  if (error instanceof mongo.MongoServerError && REFUSED.includes(error.code))
    return new RefusedAccountError(error.message, { cause: error });
  if (error instanceof mongo.MongoError || error instanceof MongooseError)
    return new ReadStoreError('UNAVAILABLE', `MongoDB cannot be reached or refused: ${error.message}`, {
      cause: error,
    });
  if (isFileError(error)) return new UnusableUrlError(error);
  if (isSocketError(error))
    return new ReadStoreError('UNAVAILABLE', `MongoDB cannot be reached: ${error.message}`, { cause: error });
  return error;
};

/** A certificate or key that the URL names. */
const isFileError = (error: unknown): boolean => isSocketError(error) && error.syscall === 'open';

/** The driver lets through what Node says of a socket that ended between two commands. */
const isSocketError = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^(?:E[A-Z]+|ERR_STREAM_[A-Z_]+)$/.test(error.code);

// Mongoose gives a failed connection in a class of its own, with the reasons per server inside.
const causedByAge = (error: unknown): error is Error =>
  error instanceof Error && error.message.includes('reports maximum wire version');

const DUPLICATE_KEY = 11_000;

/** Whether an insert went through; false: a document with its key was there already. */
export const inserted = async (insert: Promise<unknown>): Promise<boolean> => {
  try {
    await insert;
    return true;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
};

/** Every write that was refused met a newer document. */
export const areDuplicateKeys = (error: unknown): boolean => {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const failed = [error.writeErrors].flat();
  return failed.length > 0 && failed.every(({ code }) => code === DUPLICATE_KEY);
};

const NAMESPACE_NOT_FOUND = 26;

export const isMissingCollection = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === NAMESPACE_NOT_FOUND;

export const noRebuild = (model: ReadModel<never>): ReadStoreError =>
  new ReadStoreError(
    'FENCED',
    `No rebuild of ${model.name} is under way; it was switched, dropped or not begun.`,
  );

export const newerVersion = (model: ReadModel<never>, stored: number): ReadStoreError =>
  new ReadStoreError(
    'NEWER_VERSION',
    `Read model ${model.name} is stored in version ${stored}, but this program knows version ${model.version}. ` +
      'Start the newer program, or remove the read store and let it be rebuilt from the log.',
  );
