import { parseArgs } from 'node:util';
import { EventStoreDbServer } from './server.js';

// The server as a process of its own: says its url on the first line and runs until it is killed.
const { values } = parseArgs({ options: { port: { type: 'string' }, snapshot: { type: 'string' } } });
const server = await EventStoreDbServer.start({
  port: Number(values.port ?? 0),
  ...(values.snapshot ? { snapshot: values.snapshot } : {}),
});
process.stdout.write(`${server.url}\n`);
process.once('SIGTERM', () => void server.stop());
