import { makeReady } from './lib/ready.mjs';

await makeReady({ web: true });
