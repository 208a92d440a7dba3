import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();

/** Runs `task` so that everything it logs and appends carries this id. */
export const withCorrelation = <T>(id: string, task: () => T): T => storage.run(id, task);

/** The id of the request or job that is being worked on; undefined outside of any. */
export const correlationId = (): string | undefined => storage.getStore();
