import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** What went wrong, for people and for programs. */
export interface Failure {
  /** A code of the public contract where there is one, else what kind of thing failed. */
  readonly code: string;
  /** One line. */
  readonly message: string;
  /** What the refused thing collides with. */
  readonly existingId?: string;
}

/** A refusal of the command line's own. */
export class CliError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'CliError';
  }
}

export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { code: 'FAILED', message: oneLine(String(error)) };
  const existing =
    'existingId' in error && typeof error.existingId === 'string' ? error.existingId : undefined;
  const message = oneLine(messageOf(error));
  if (existing === undefined) return { code: codeOf(error), message };
  return { code: codeOf(error), message: `${message} (${existing})`, existingId: existing };
};

/** Whether the developer of the product is looking: only they have a use for a stack. */
export const isDetailWanted = ({ LOG_LEVEL }: NodeJS.ProcessEnv): boolean =>
  LOG_LEVEL === 'debug' || LOG_LEVEL === 'trace';

/** By shape, so that telling errors apart loads none of the parts that raise them. */
const codeOf = (error: Error): string => {
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('kind' in error && typeof error.kind === 'string') return error.kind;
  return 'FAILED';
};

const messageOf = (error: Error & { readonly code?: unknown; readonly path?: unknown }): string => {
  const file = typeof error.path === 'string' ? error.path : '';
  switch (error.code) {
    case 'ENOENT':
      // Also what a file is refused with that was to be made.
      return existsSync(dirname(file)) ? `There is no file ${file}.` : `There is no folder ${dirname(file)}.`;
    case 'EACCES':
      return `${file} may not be opened. Check who owns it.`;
    case 'EISDIR':
      return `${file || 'This'} is a folder. Name a file.`;
    case 'ENOSPC':
      return 'The disk is full.';
    default:
      return error.message;
  }
};

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
