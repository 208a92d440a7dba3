import type { ImportContent, Subject } from '../../domain/change/content.js';
import type { ImportStarted } from '../../domain/import/import.events.js';
import { parseColumnMap, parseDateOrder } from '../../domain/import/import-request.js';
import { SheetHead } from '../../domain/import/sheet-head.js';
import type { SheetLayout } from '../../domain/import/sheet-record.js';
import { canonicalJson } from '../../domain/shared/canonical-json.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { parseText } from '../../domain/shared/identifier.js';
import type { Refusals } from '../audit/refusals.js';
import type { CommandContext } from '../command-context.js';
import type { ChangeService } from '../commands/change-service.js';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { ReadStore } from '../ports/read-store.js';
import type { ReceivedSheet, SheetStore } from '../ports/sheet-store.js';
import { authorize } from '../principal.js';
import { CHANGES } from '../read-models/changes.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { IMPORTS } from '../read-models/imports.read-model.js';
import { sheetName, type ImportAnalysis } from './import-analysis.js';
import { importContentOf } from './import-state.js';
import { isPassing, retried } from './retried.js';

export interface ImportRequest {
  readonly context: CommandContext;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly source: ImportStarted['data']['source'];
  /** Untrusted: `{heading: field}` or `{field: heading}`. */
  readonly columns?: unknown;
  readonly dateOrder?: string | null;
  readonly reason?: string | null;
  readonly idempotencyKey?: string | null;
}

export interface StartedImport {
  readonly importId: string;
  readonly changeId: string;
  /** Position of the proposal; null when a repeat found nothing to do. */
  readonly position: bigint | null;
}

export interface ImportServiceParts {
  readonly changes: ChangeService;
  readonly sheets: SheetStore;
  readonly reads: ReadStore;
  readonly analysis: ImportAnalysis;
  readonly refusals: Refusals;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  /** Told of an analysis that could not go on; it is taken up again at the next start. */
  readonly onError: (error: unknown, importId: string) => void;
}

const MAX_REASON = 10_000;
/** Open imports that a new one is compared with. */
const RECENT = 200;

/** Takes sheets in, proposes them as imports, and has them analysed behind the answer. */
export class ImportService {
  /** One sheet at a time: its memory and its processor time are what other requests are not to feel. */
  private analysing: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(private readonly parts: ImportServiceParts) {}

  /**
   * Answers once the sheet is here, can be read to its end and is proposed; its rows are analysed afterwards.
   *
   * @throws DomainError FORBIDDEN, before anything of the sheet is read; INVALID_INPUT at `csv`, `columns` or `dateOrder`,
   * before anything is written; DUPLICATE naming the open change with the same bytes; EventStoreError
   */
  start(request: ImportRequest): Promise<StartedImport> {
    return this.parts.refusals.watched(request.context, { action: 'ImportReference' }, () => {
      authorize(request.context.principal, 'import');
      return this.take(request);
    });
  }

  private async take(request: ImportRequest): Promise<StartedImport> {
    const { context, bytes, idempotencyKey } = request;
    const columns = parseColumnMap(request.columns);
    const dateOrder = parseDateOrder(request.dateOrder);
    const head = new SheetHead(columns, dateOrder);
    const { sheets, changes } = this.parts;
    const received = await sheets.receive(bytes, (records) => head.look(records));
    try {
      const asked = { sha256: received.sha256, columns, dateOrder };
      const issued = changes.issue(context, idempotencyKey, 'importReference', asked);
      const importId = this.parts.ids.derived(issued.commandId, 'import');
      const changeId = changes.changeIdOf(issued);
      const repeated = await changes.repeated(issued);
      if (repeated) {
        await sheets.drop(received);
        return { importId, changeId: repeated.changeId, position: repeated.position };
      }
      const position = await this.propose(request, received, head.layout(), { importId, changeId, issued });
      return { importId, changeId, position };
    } catch (error) {
      await sheets.drop(received);
      throw error;
    }
  }

  /** Goes on with what an earlier process left unfinished here. Rejects with what the sheet store rejects with. */
  async recover(): Promise<void> {
    for (const name of await this.parts.sheets.names()) {
      const at = name.lastIndexOf('_');
      if (at > 0) this.analyse(name.slice(0, at), name.slice(at + 1), 'KEEP');
    }
  }

  /** Waits for nothing any more; what is not analysed then is taken up at the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.idle();
  }

  /** Resolves when no analysis is under way. */
  async idle(): Promise<void> {
    let waitedFor: Promise<void> | null = null;
    while (waitedFor !== this.analysing) await (waitedFor = this.analysing);
  }

  private analyse(orgId: string, importId: string, unproposed: 'KEEP' | 'REMOVE'): void {
    const { analysis, onError } = this.parts;
    const { signal } = this.stopping;
    this.analysing = this.analysing.then(async () => {
      const told = (error: unknown) => onError(error, importId);
      await retried(() => analysis.run(orgId, importId, unproposed), {
        isPassing,
        onError: told,
        signal,
      }).catch(told);
    });
  }

  private async propose(
    { context, source, reason }: ImportRequest,
    received: ReceivedSheet,
    { sheet, columns, dateOrder }: SheetLayout,
    { importId, changeId, issued }: StartingImport,
  ): Promise<bigint | null> {
    const { orgId } = context.principal;
    const content: ImportContent = { importId, sheet, sha256: received.sha256, columns, dateOrder };
    await this.refuseDuplicate(orgId, content);
    const subject: Subject = { kind: 'IMPORT', id: importId };
    const said = reason ? { reason: parseText(reason, ['reason'], MAX_REASON) } : {};
    const started: ImportStarted = { type: 'ImportStarted', data: { importId, source } };
    // Kept before it is proposed: a proposal without its sheet could never be analysed.
    await this.parts.sheets.keep(received, sheetName(orgId, importId));
    try {
      const command = { type: 'ProposeChange', changeId, kind: 'IMPORT', subject, content, ...said } as const;
      const { changes } = this.parts;
      const { position } = await changes.decide(issued, subject, command, said.reason, [started]);
      return position;
    } finally {
      // Refused or lost on the way, the sheet is not needed; whether it was, the import's stream tells.
      this.analyse(orgId, importId, 'REMOVE');
    }
  }

  private async refuseDuplicate(orgId: string, content: ImportContent): Promise<void> {
    const { reads, clock } = this.parts;
    const recent = await reads.find(CHANGES, {
      index: 'byKind',
      equals: [orgId, 'IMPORT'],
      order: 'desc',
      limit: RECENT,
    });
    for (const { document } of recent) {
      const other = importContentOf(document.content);
      if (document.status !== 'PROPOSED' || !other || !saysTheSame(other, content)) continue;
      if (document.expiresAt !== undefined && document.expiresAt <= clock.now()) continue;
      const known = await reads.get(IMPORTS, documentKey(orgId, other.importId));
      if (known?.type === 'import' && known.status === 'FAILED') continue;
      throw new DomainError(
        'DUPLICATE',
        `${document.proposedBy} has already proposed an import of this very sheet; it is open.`,
        { existingId: document.changeId },
      );
    }
  }
}

interface StartingImport {
  readonly importId: string;
  readonly changeId: string;
  readonly issued: ReturnType<ChangeService['issue']>;
}

const saysTheSame = (a: ImportContent, b: ImportContent): boolean =>
  canonicalJson({ ...a, importId: '' }) === canonicalJson({ ...b, importId: '' });
