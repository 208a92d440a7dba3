import { compareLogs } from '../../application/operations/compare-logs.js';
import { copyLog } from '../../application/operations/copy-log.js';
import type { EventStore } from '../../application/ports/event-store.js';
import { CliError } from '../failure.js';
import { startProgress, type Progress } from '../progress.js';
import { stateDigest } from './state-digest.js';

export interface Migrated {
  /** Events in the target now, each compared with its original. */
  readonly events: number;
  /** How many of them this run brought. */
  readonly appended: number;
  /** Of all read models, the same folded from either log. */
  readonly stateHash: string;
  /** Events that somebody has appended to the source meanwhile. */
  readonly behind: number;
}

/**
 * Copies a log, then proves that the copy is one: event by event, and by the state that both lead to.
 *
 * @throws CliError NOT_THE_SAME; CopyRefusedError; EventStoreError
 */
export const migrate = async (source: EventStore, target: EventStore): Promise<Migrated> => {
  const { position, appended } = await shown('Copying', Number(await source.head()), (progress) =>
    copyLog(source, target, { onProgress: (at, head) => progress.update(Number(at), Number(head)) }),
  );
  const total = Number(position);
  const { events, difference } = await shown('Comparing events', total, (progress) =>
    compareLogs(source, target, position, (done) => progress.update(done)),
  );
  if (difference) {
    const { ordinal, source: here, target: there } = difference;
    const said = `${here?.type ?? 'nothing'} here and ${there?.type ?? 'nothing'} there`;
    throw new CliError(
      'NOT_THE_SAME',
      `Event ${ordinal} is not the same in both logs: ${said}. Use neither.`,
    );
  }
  const hashOf = (what: string, log: EventStore, upTo?: bigint) =>
    shown(what, total, (progress) => stateDigest(log, upTo, (done) => progress.update(done)));
  const stateHash = await hashOf('Replaying this log', source, position);
  const theirs = await hashOf('Replaying the new log', target);
  if (stateHash !== theirs)
    throw new CliError('NOT_THE_SAME', `The logs lead to different states: ${stateHash} and ${theirs}.`);
  return { events, appended, stateHash, behind: Number((await source.head()) - position) };
};

const shown = async <T>(
  what: string,
  total: number,
  work: (progress: Progress) => Promise<T>,
): Promise<T> => {
  const progress = await startProgress(what, total);
  try {
    return await work(progress);
  } finally {
    progress.stop();
  }
};
