/**
 * Runs a command with MONGODB_URL naming a fresh, empty MongoDB-compatible server that goes when the command ends:
 *
 *   node scripts/mongodb-compatible-server.mjs -- npm run jest -- mongodb
 *
 * Without a command it serves until Ctrl-C. Needs Go, once, to build the server into the user's cache folder.
 */
import { spawn } from 'node:child_process';
import { startMongodbCompatibleServer } from './lib/mongodb-compatible-server.mjs';
import { note } from './lib/notes.mjs';

const command = process.argv.slice(process.argv[2] === '--' ? 3 : 2);
const server = await startMongodbCompatibleServer();
note(`MONGODB_URL=${server.url}`);
const interrupt = new Promise((resolve) => {
  process.once('SIGINT', resolve).once('SIGTERM', resolve);
});

/** @returns {Promise<number>} the command's exit code */
const runCommand = () =>
  new Promise((resolve, reject) => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      stdio: 'inherit',
      env: { ...process.env, MONGODB_URL: server.url },
      shell: process.platform === 'win32',
    });
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
    void interrupt.then(() => child.kill('SIGTERM'));
  });

try {
  if (command.length === 0) await interrupt;
  else process.exitCode = await runCommand();
} finally {
  await server.stop();
}
process.exit();
