import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError } from './failure.js';

/** Everything on stdin, less the line break that `echo` adds. @throws CliError INVALID_INPUT when there is nothing */
export const passwordFromStdin = async (): Promise<string> => {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw new CliError('INVALID_INPUT', 'There is no password on stdin.');
  return password;
};

/** Asks on the terminal without showing what is typed; empty: nothing was wanted. */
export const askPassword = async (email: string): Promise<string> => {
  process.stderr.write(`Password for ${email} (nothing: one is made up): `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  terminal.once('SIGINT', () => process.exit(130));
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
};
