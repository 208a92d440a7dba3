import { runReady } from './lib/ready.mjs';

await runReady('src/cli/main.js');
