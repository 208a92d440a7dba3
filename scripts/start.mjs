import { runReady } from './lib/ready.mjs';

await runReady('src/main.js', { web: true });
