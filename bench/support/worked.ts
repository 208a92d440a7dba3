import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const COMPILED = new URL('../workers/', import.meta.url);

/**
 * Runs one of `workers/` in a process of its own and gives what it answers: what it takes of memory is its own.
 *
 * @param parameters what the worker wants to know, as JSON
 */
export const worked = async <T>(name: string, parameters: object): Promise<T> => {
  const file = fileURLToPath(new URL(`${name}.js`, COMPILED));
  const child = fork(file, [JSON.stringify(parameters)], {
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'error' },
  });
  const ended = once(child, 'exit');
  const died = ended.then(() => Promise.reject(new Error(`The worker ${name} ended without an answer.`)));
  const [answer] = (await Promise.race([once(child, 'message'), died])) as [T];
  await ended;
  return answer;
};

/** Measures what is given and tells the parent, once. */
export const answerWith = async (work: () => Promise<void>): Promise<never> => {
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1_000;
  const told = new Promise((resolve) =>
    process.send!({ seconds, megabytes: process.resourceUsage().maxRSS / 1_024 }, resolve),
  );
  await told;
  process.exit();
};

/** What {@link answerWith} tells. */
export interface Worked {
  readonly seconds: number;
  /** The most that the process had resident, from its start on. */
  readonly megabytes: number;
}
