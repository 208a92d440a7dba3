import type { CommandContext } from '../../../application/command-context.js';
import type { ChangeOutcome } from '../../../application/commands/change-commands.js';
import type { Freshness } from '../../../application/ports/freshness.js';
import { NotFreshError } from '../../../application/ports/freshness.js';
import type { WrittenChanges } from '../../../application/ports/written-changes.js';
import type { ChangeQuery } from '../../../application/queries/change-query.js';
import type { Change, UserError } from '../../../application/queries/views.js';
import { positionText } from '../../../application/read-models/document-key.js';
import { toUserError } from '../errors.js';
import type { ChangePayload } from '../types/payload.types.js';

/** Answers mutations: what was reached, read back, or why it was refused. */
export class ChangePayloads {
  constructor(
    private readonly changes: ChangeQuery,
    private readonly freshness: Freshness,
    private readonly written: WrittenChanges,
  ) {}

  async answer({ principal }: CommandContext, execute: () => Promise<ChangeOutcome>): Promise<ChangePayload> {
    return this.refusable<ChangePayload>(
      async () => {
        const { changeId, position, stream } = await execute();
        const read = () => this.changes.change(principal.orgId, changeId);
        const change = (await this.readBack(position, read)) ?? (await this.fromLog(stream, changeId));
        return { change, position: position === null ? null : positionText(position), userErrors: [] };
      },
      (userErrors) => ({ change: null, position: null, userErrors }),
    );
  }

  /** Turns an expected refusal into an answer; everything else is thrown on. */
  async refusable<T>(
    attempt: () => Promise<T>,
    refused: (userErrors: readonly UserError[]) => T,
  ): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      const refusal = toUserError(error);
      if (!refusal) throw error;
      return refused([refusal]);
    }
  }

  /**
   * What was written, as every read shows it from now on. The write itself is durable: should the read models not get
   * there in time, the answer is the position alone, and the caller can ask with `atLeast`.
   */
  async readBack<T>(position: bigint | null, read: () => Promise<T>): Promise<T | null> {
    try {
      if (position !== null) await this.freshness.atLeast(position);
    } catch (error) {
      if (error instanceof NotFreshError) return null;
      throw error;
    }
    return read();
  }

  /**
   * The change from the log itself; what it is compared with (difference, warnings, what follows) is as far as the read
   * models have got. Null when they are not even as far as each other.
   */
  private async fromLog(stream: string, changeId: string): Promise<Change | null> {
    try {
      const document = await this.written.change(stream, changeId);
      return document && (await this.changes.view(document));
    } catch (error) {
      if (error instanceof NotFreshError) return null;
      throw error;
    }
  }
}
