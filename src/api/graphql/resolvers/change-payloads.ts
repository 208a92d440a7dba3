import type { CommandContext } from '../../../application/command-context.js';
import type { ChangeOutcome } from '../../../application/commands/change-commands.js';
import type { Freshness } from '../../../application/ports/freshness.js';
import { NotFreshError } from '../../../application/ports/freshness.js';
import type { ChangeQuery } from '../../../application/queries/change-query.js';
import type { UserError } from '../../../application/queries/views.js';
import { positionText } from '../../../application/read-models/document-key.js';
import { toUserError } from '../errors.js';
import type { ChangePayload } from '../types/payload.types.js';

/** Answers mutations: what was reached, read back, or why it was refused. */
export class ChangePayloads {
  constructor(
    private readonly changes: ChangeQuery,
    private readonly freshness: Freshness,
  ) {}

  async answer({ principal }: CommandContext, execute: () => Promise<ChangeOutcome>): Promise<ChangePayload> {
    return this.refusable<ChangePayload>(
      async () => {
        const { changeId, position } = await execute();
        const change = await this.readBack(position, () => this.changes.change(principal.orgId, changeId));
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
}
