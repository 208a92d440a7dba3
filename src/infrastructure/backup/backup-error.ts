export type BackupErrorCode =
  'NO_LOG' | 'EXISTS' | 'NOT_EMPTY' | 'NOT_A_BACKUP' | 'NEWER_VERSION' | 'DAMAGED';

/** Why a backup cannot be made or restored. The message says what to do. */
export class BackupError extends Error {
  constructor(
    readonly code: BackupErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BackupError';
  }
}
