/**
 * Runs on servers what `npm test` runs on embedded stores: the suites of the MongoDB adapters, and the e2e suite on a log
 * that speaks EventStoreDB's protocol and read models on MongoDB. Every app of the suite has a log and a database of its own.
 *
 *   node scripts/test-on-servers.mjs                  # all of it
 *   node scripts/test-on-servers.mjs lookup feed      # the files whose path says so
 *
 * MONGODB_URL and EVENTSTORE_URL name servers of your own; without them, a MongoDB-compatible server is built (once; needs
 * Go) and thrown away afterwards, and the log is the tests' own server.
 */
import { runJest } from './lib/jest.mjs';
import { startMongodbCompatibleServer } from './lib/mongodb-compatible-server.mjs';
import { makeInstalled } from './lib/ready.mjs';

const SUITES = ['mongodb[^/]*\\.(int|e2e)-spec\\.ts$', 'test/e2e/'];

const LEFT_OUT = [
  // Kills the product over and over on embedded files; what servers must not lose has fault suites of its own.
  'test/e2e/durability',
];

/** The MongoDB-compatible server looks through whole collections: some 5 ms a write, each of which many tests wait for. */
const PATIENCE_MS = 240_000;

// `npm test` contents itself with fewer.
process.env['FAULT_ROUNDS'] ??= '100';

const given = process.argv.slice(2);
await makeInstalled();
const server = process.env['MONGODB_URL'] ? null : await startMongodbCompatibleServer();
if (server) process.env['MONGODB_URL'] = server.url;
try {
  const { passed, failed } = await runJest([
    ...['--selectProjects', 'integration', 'e2e'],
    ...['--testTimeout', String(PATIENCE_MS)],
    ...['--testPathIgnorePatterns', ...LEFT_OUT],
    ...['--testPathPatterns', ...(given.length > 0 ? given : SUITES)],
  ]);
  process.exitCode = failed === 0 ? 0 : 1;
  // The closing line is read by machines: it goes to stdout, last.
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
} finally {
  await server?.stop();
}
