import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, so that its work and the load's are not the same processor time. */
export interface Served {
  readonly url: string;
  /** Processor time that the process has used, in microseconds. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

const COMPILED = new URL('../servers/', import.meta.url);

/**
 * Starts one of `servers/`.
 *
 * @param parameters what the server wants to know, as JSON
 */
export const serve = async (
  name: string,
  parameters: object = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<Served> => {
  const file = fileURLToPath(new URL(`${name}.js`, COMPILED));
  const child = fork(file, [JSON.stringify(parameters)], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  });
  const ended = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const died = ended.then(() => Promise.reject(new Error(`The server ${name} ended by itself.`)));
    const [message] = (await Promise.race([once(child, 'message'), died])) as unknown[];
    return message;
  };
  const { url } = (await answer()) as { url: string };
  return {
    url,
    cpu: async () => {
      const answered = answer();
      child.send('cpu');
      return Number(await answered);
    },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
};
