import type { Core } from '../composition/core.js';
import { startProgress } from './progress.js';

/** The whole product without its protocols, for commands that read or import. */
export interface Session {
  readonly core: Core;
  /**
   * Resolves when the read models reflect the log up to a position; default: its end. They are a running server's affair;
   * where none is running, this process keeps them up from then on.
   *
   * @throws PositionNotReachedError when they stand still; AheadOfLogError when they are not of this log
   */
  readonly caughtUp: (position?: bigint) => Promise<void>;
}

/** How long a running server is given to bring the read models up, in milliseconds. */
const SERVER_MS = 1_000;
const STEP_MS = 250;
/** Steps without progress after which nobody waits any longer. */
const MOST_IDLE_STEPS = 60;

export const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
  const [{ readConfig }, { openLogger }, { openCore }] = await Promise.all([
    import('../infrastructure/config/config.js'),
    import('../infrastructure/observability/logger.js'),
    import('../composition/core.js'),
  ]);
  const config = readConfig(process.env);
  const level = process.env['LOG_LEVEL'] ? config.logLevel : 'warn';
  const core = await openCore(config, await openLogger(level, process.stderr));
  try {
    return await work({ core, caughtUp: await follower(core) });
  } finally {
    await core.close();
  }
};

const follower = async ({
  runtime,
  projections,
  events,
  freshness,
  assertServable,
}: Core): Promise<Session['caughtUp']> => {
  const [{ ALL_PROJECTIONS }, { PositionNotReachedError }] = await Promise.all([
    import('../../projections/all.js'),
    import('../../projections/runtime/position-not-reached-error.js'),
  ]);
  const models = ALL_PROJECTIONS.map(({ model }) => model.name);
  let follows = false;
  /** False: not within the time. */
  const reached = async (position: bigint, timeoutMs: number): Promise<boolean> => {
    try {
      await runtime.atLeast(models, position, { timeoutMs });
      return true;
    } catch (error) {
      if (error instanceof PositionNotReachedError && error.reason === 'TIMEOUT') return false;
      throw error;
    }
  };

  return async (position) => {
    await assertServable();
    const target = position ?? (await events.head());
    if (await reached(target, follows ? STEP_MS : SERVER_MS)) return;
    // A server that is merely slow keeps its leases, and is waited for; where none are kept, who comes second to a
    // batch is turned away and goes on behind it.
    if (!follows) projections.start();
    follows = true;
    const progress = await startProgress('Reading the log', Number(target));
    try {
      let last = -1n;
      for (let idle = 0; idle < MOST_IDLE_STEPS; idle++) {
        if (await reached(target, STEP_MS)) return;
        const now = await freshness.position();
        if (now > last) idle = 0;
        last = now;
        progress.update(Number(now));
      }
      await runtime.atLeast(models, target, { timeoutMs: STEP_MS });
    } finally {
      progress.stop();
    }
  };
};
