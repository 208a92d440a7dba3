import { PRODUCT, runReady } from './lib/ready.mjs';

await runReady('bench/main.js', { folders: [...PRODUCT, 'bench', 'test'] });
