import { CommanderError } from 'commander';
import { failureOf, isDetailWanted } from './failure.js';
import { say } from './output.js';
import { createProgram } from './program.js';

/** What the shell is told: done, refused or failed, not understood. */
const FAILED = 1;
const MISUSED = 2;

/** Carries out one command line and gives its exit code. Never rejects: what goes wrong is one line on stderr. */
export const run = async (args: readonly string[]): Promise<number> => {
  // A reader that has seen enough (`sla export … | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // The parser has said already what it did not understand.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
    const failure = failureOf(error);
    say(args.includes('--json') ? JSON.stringify({ error: failure }) : `error: ${failure.message}`);
    if (isDetailWanted(process.env) && error instanceof Error) say(error.stack ?? '');
    return FAILED;
  }
};
