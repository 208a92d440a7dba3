import { LRUCache } from 'lru-cache';
import type { RecordedRule } from '../../domain/binding/exception-rule.js';
import type { VersionMark } from '../../domain/binding/marks.js';
import type { SubjectKind } from '../../domain/change/content.js';
import type { Instant } from '../../domain/shared/instant.js';
import { Timeline } from '../../domain/shared/timeline.js';
import type { Freshness } from '../ports/freshness.js';
import type { ReadStore } from '../ports/read-store.js';
import {
  CURRENT_MATRIX,
  type MatrixDocument,
  type SettingsDocument,
} from '../read-models/current-matrix.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { HISTORY, type VersionDocument } from '../read-models/history.read-model.js';

/** A tier, coverage or policy with its versions ready to be asked. */
export interface MatrixSubject {
  readonly document: MatrixDocument;
  readonly timeline: Timeline<VersionMark>;
}

/** The subjects of one organization that customers share: few, and needed by every lookup. */
export interface OrganizationMatrix {
  /** By key. */
  readonly tiers: ReadonlyMap<string, MatrixSubject>;
  readonly coverages: ReadonlyMap<string, MatrixSubject>;
  readonly policy: MatrixSubject | null;
  /** In the order they were recorded. */
  readonly rules: readonly RecordedRule[];
}

const PAGE = 500;
const ORGANIZATIONS_KEPT = 200;
const VERSIONS_KEPT = 20_000;

/** Reads the matrix; keeps what it has read until the read model says that it has changed. */
export class MatrixReader {
  private readonly matrices = new LRUCache<string, Promise<OrganizationMatrix>>({ max: ORGANIZATIONS_KEPT });
  /** A version never changes once it is written, so what was read once is right for ever. */
  private readonly versions = new LRUCache<string, VersionDocument>({ max: VERSIONS_KEPT });

  constructor(
    private readonly store: ReadStore,
    private readonly freshness: Freshness,
  ) {
    store.onCommitted(({ model, keys }) => {
      if (model !== CURRENT_MATRIX.name && model !== '*') return;
      for (const key of keys) {
        if (key === '*') this.matrices.clear();
        else this.matrices.delete(key.slice(0, key.indexOf('/')));
      }
    });
  }

  matrixOf(orgId: string): Promise<OrganizationMatrix> {
    const kept = this.matrices.get(orgId);
    if (kept) return kept;
    const loading = this.load(orgId);
    this.matrices.set(orgId, loading);
    const askAgainNextTime = (): void => {
      if (this.matrices.peek(orgId) === loading) this.matrices.delete(orgId);
    };
    loading.catch(askAgainNextTime);
    return loading;
  }

  /** The whole of a version that another read model speaks of. */
  async version(
    orgId: string,
    kind: SubjectKind,
    key: string,
    { number, position }: Pick<VersionMark, 'number' | 'position'>,
  ): Promise<VersionDocument> {
    const id = documentKey(orgId, kind, key, String(number));
    const kept = this.versions.get(id);
    if (kept) return kept;
    let version = await this.store.get(HISTORY, id);
    if (!version) {
      // Read models are written one after another; the one that holds the contents may be a moment behind.
      await this.freshness.atLeast(BigInt(position), [HISTORY.name]);
      version = await this.store.get(HISTORY, id);
    }
    if (!version) throw new Error(`Version ${number} of ${kind} ${key} is not in the history.`);
    this.versions.set(id, version);
    return version;
  }

  private async load(orgId: string): Promise<OrganizationMatrix> {
    const [tiers, coverages, policies, settings] = await Promise.all([
      this.subjects(orgId, 'TIER'),
      this.subjects(orgId, 'COVERAGE'),
      this.subjects(orgId, 'APPROVAL_POLICY'),
      this.store.get(CURRENT_MATRIX, documentKey(orgId, 'SETTINGS')),
    ]);
    const rules = settings?.kind === 'SETTINGS' ? settings.rules : [];
    return { tiers, coverages, policy: [...policies.values()][0] ?? null, rules };
  }

  private async subjects(
    orgId: string,
    kind: MatrixDocument['kind'],
  ): Promise<ReadonlyMap<string, MatrixSubject>> {
    const subjects = new Map<string, MatrixSubject>();
    for (let after: string | null = ''; after !== null;) {
      const found: readonly { readonly document: MatrixDocument | SettingsDocument }[] =
        await this.store.find(CURRENT_MATRIX, {
          index: 'byKind',
          equals: [orgId, kind],
          range: { gt: after },
          limit: PAGE,
        });
      for (const { document } of found)
        if (document.kind !== 'SETTINGS')
          subjects.set(document.key, { document, timeline: new Timeline(document.versions) });
      after = found.length === PAGE ? found.at(-1)!.document.key : null;
    }
    return subjects;
  }
}

/** The version of a tier that binds; null when none does, or it is retired then. */
export const tierInForce = (
  subject: MatrixSubject | undefined,
  at: Instant,
  knownAt?: Instant,
): VersionMark | null => {
  const mark = subject?.timeline.at(at, knownAt) ?? null;
  return mark?.kind === 'TIER_TERMS' ? mark : null;
};
