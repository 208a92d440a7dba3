import { ReadStoreError } from '../../../application/ports/read-store.js';

/** What libsql threw, as the port's error; what is not libsql's comes back as it is. */
export const toReadStoreError = (error: unknown): unknown =>
  // Not `instanceof`: errors made by the native library may belong to another realm.
  isLibsqlError(error)
    ? new ReadStoreError('UNAVAILABLE', `The embedded read store refused: ${error.message}.`, {
        cause: error,
      })
    : error;

/** Another process has dropped the generation that a statement was made for. */
export const isMissingTable = (error: unknown): boolean =>
  error instanceof ReadStoreError && /no such (table|index)/.test(error.message);

const isLibsqlError = (error: unknown): error is { readonly message: string } =>
  typeof error === 'object' && error !== null && 'code' in error && 'rawCode' in error;
