import type { EventStore } from '../../src/application/ports/event-store.js';
import type { ReadStore } from '../../src/application/ports/read-store.js';
import type { Projector } from './projector.js';
import type { Projection } from './projection.js';
import type { Replay } from './replay.js';

/** Builds the read model anew beside the live one, which goes on until both are at the end of the log. */
export const rebuild = async <D extends object>(
  events: EventStore,
  store: ReadStore,
  { projection, projector }: { projection: Projection<D>; projector: Projector<D> },
  replay: Replay<D>,
): Promise<void> => {
  await replay.begin();
  await replay.upTo(await events.head());
  // A long replay leaves much to catch up with; after this it is little, and the pause below short.
  await replay.upTo(await events.head());
  const follows = projector.state !== 'paused';
  await projector.pause();
  try {
    // Never behind what the live one has shown, unless that was of a log that is no more.
    const live = (await store.checkpoint(projection.model)) ?? 0n;
    const [head, end] = await Promise.all([events.head(), events.end()]);
    await replay.upTo(live > head && live <= end ? live : head);
    await store.switchRebuild(projection.model);
    // Another process may have shown more by then, and would notice the switch with its next event only.
    if (!follows) await caughtUp(projector, await events.head());
  } finally {
    if (follows) projector.start();
  }
};

const caughtUp = async <D extends object>(projector: Projector<D>, position: bigint): Promise<void> => {
  const { signal } = new AbortController();
  projector.start();
  try {
    await projector.reached(position, signal);
  } finally {
    await projector.pause();
  }
};
