import { CommanderError } from 'commander';
import { failureOf, isDetailWanted, type Failure } from './failure.js';
import { say } from './output.js';
import { createProgram } from './program.js';

/** What the shell is told: done, refused or failed, not understood. */
const FAILED = 1;
const MISUSED = 2;

/** Where nothing was asked for, the parser gives its help and no reason. */
const misuse = ({ code, message }: CommanderError): Failure => ({
  code: 'INVALID_INPUT',
  message: code === 'commander.help' ? 'Name a command; --help lists them.' : message.replace(/^error: /, ''),
});

/** Carries out one command line and gives its exit code. Never rejects: what goes wrong is one line on stderr. */
export const run = async (args: readonly string[]): Promise<number> => {
  // A reader that has seen enough (`sla export … | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const isForPrograms = args.includes('--json');
  let complaint = '';
  try {
    await createProgram((text) => (complaint += text)).parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      say(isForPrograms ? JSON.stringify({ error: misuse(error) }) : complaint.trimEnd());
      return MISUSED;
    }
    const failure = failureOf(error);
    say(isForPrograms ? JSON.stringify({ error: failure }) : `error: ${failure.message}`);
    if (isDetailWanted(process.env) && error instanceof Error) say(error.stack ?? '');
    return FAILED;
  }
};
