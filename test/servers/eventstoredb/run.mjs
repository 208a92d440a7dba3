// Runs a TypeScript file of the sources as a process of its own: node run.mjs FILE.ts [ARGUMENTS]
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

register('./typescript-hooks.mjs', import.meta.url);
const [file] = process.argv.splice(2, 1);
await import(pathToFileURL(file).href);
