import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

/** Module hooks that let Node run the sources as they are: `./x.js` finds `x.ts`, types are stripped on the way. */
export const resolve = (specifier, context, next) => {
  if (specifier.startsWith('.') && specifier.endsWith('.js')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  return next(specifier, context);
};

export const load = async (url, context, next) => {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), { swcrc: true, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
};
