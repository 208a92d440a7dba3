import { eventTypeFilter, START, streamNameFilter, type Filter } from '@eventstore/db-client';
import type { Connection } from './connection.js';
import { Feed } from './feed.js';
import type { FeedSource, Selection } from './follow.js';
import type { HeadFinder } from './head-finder.js';

const BUFFERED_EVENTS = 256;
/** Events that the server looks at between two words about how far it has looked. */
const CATCH_UP_WINDOW = 512;

/** Streams of the server's own begin with `$`, whatever is in them. */
const filterFor = (selection: Selection, checkpointReached: Filter['checkpointReached']): Filter =>
  selection === 'ALL'
    ? streamNameFilter({ regex: '^[^$]', checkpointReached })
    : eventTypeFilter({
        regex: `^(${selection.join('|')})$`,
        maxSearchWindow: CATCH_UP_WINDOW,
        checkpointReached,
      });

export const feedSource = (connection: Connection, heads: HeadFinder, silenceMs: number): FeedSource => ({
  silenceMs,
  head: () => heads.find(),
  open: (after, selection) =>
    new Feed((checkpointReached) =>
      connection.client.subscribeToAll(
        {
          fromPosition: after === 0n ? START : { commit: after, prepare: after },
          filter: filterFor(selection, checkpointReached),
        },
        { highWaterMark: BUFFERED_EVENTS },
      ),
    ),
});
