import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/config.js';
import { scrub } from './scrub.js';

export type { Logger } from 'pino';

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'cookies',
  '["set-cookie"]',
  'password',
  'passwordHash',
  'secret',
  'token',
  'apiKey',
];
const DEPTH = 4;

/** `password`, `*.password`, `*.*.password`, … */
const redactedPaths = SECRET_FIELDS.flatMap((field) =>
  Array.from({ length: DEPTH }, (_, depth) => {
    const parents = Array<string>(depth).fill('*').join('.');
    if (parents === '') return field;
    return field.startsWith('[') ? `${parents}${field}` : `${parents}.${field}`;
  }),
);

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** JSON lines without secrets. What belongs to a request is logged with its `correlationId`. */
export const createLogger = ({ level, destination }: LoggerOptions): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: '***' },
      hooks: { streamWrite: scrub },
    },
    destination ?? process.stdout,
  );

export type TerminalStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/**
 * As {@link createLogger}, and for people on a terminal, when the formatter for them is installed.
 *
 * @param output where lines go; default standard output
 */
export const openLogger = async (level: LogLevel, output: TerminalStream = process.stdout): Promise<Logger> =>
  createLogger({ level, destination: (output.isTTY ? await prettyStream(output) : null) ?? output });

/** Named here, not in the import: a tool of development, which a production install does without. */
const FORMATTER: string = 'pino-pretty';

type Formatter = (options: Readonly<Record<string, unknown>>) => DestinationStream;

const prettyStream = async (output: TerminalStream): Promise<DestinationStream | null> => {
  try {
    const { default: pretty } = (await import(FORMATTER)) as { readonly default: Formatter };
    return pretty({ destination: output, colorize: true, sync: true, translateTime: 'HH:MM:ss.l' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
};
