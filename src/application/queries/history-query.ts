import { invalid } from '../../domain/shared/domain-error.js';
import type { VersionMark } from '../../domain/binding/marks.js';
import type { ChangeKind, SubjectKind } from '../../domain/change/content.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import { Timeline } from '../../domain/shared/timeline.js';
import type { ReadStore } from '../ports/read-store.js';
import { CONTRACTS } from '../read-models/contracts.read-model.js';
import { CUSTOMERS } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { factsOf } from '../read-models/customer-facts.js';
import { HISTORY, type VersionDocument } from '../read-models/history.read-model.js';
import { pageOf } from './list.js';
import type { MatrixReader } from './matrix-reader.js';
import type { Connection, PageRequest } from './page.js';
import { versionView } from './version-view.js';
import type { Subject, Version } from './views.js';

export interface HistoryOrder {
  readonly newestFirst: boolean;
  /** Number of the version to begin with; null: the first in that order. */
  readonly from: number | null;
}

const RECORDED_ORDER: HistoryOrder = { newestFirst: false, from: null };

const NOTHING = new Timeline<VersionMark>([]);

/** The versions of any subject, on both time axes. */
export class HistoryQuery {
  constructor(
    private readonly store: ReadStore,
    private readonly matrix: MatrixReader,
  ) {}

  /** In the order they were recorded, or the other way round; empty for a subject that does not exist. */
  async history(
    orgId: string,
    subject: Subject,
    request: PageRequest,
    { newestFirst, from }: HistoryOrder = RECORDED_ORDER,
  ): Promise<Connection<Version>> {
    const key = subject.kind === 'APPROVAL_POLICY' ? 'policy' : identifierKey(subject.id);
    return pageOf<VersionDocument, Version>(
      this.store,
      {
        model: HISTORY,
        where: {
          index: 'bySubject',
          equals: [orgId, subject.kind, key],
          ...(from !== null && { range: newestFirst ? { lte: from } : { gte: from } }),
          order: newestFirst ? 'desc' : 'asc',
        },
        scope: { orgId, list: `history ${JSON.stringify([subject.kind, key, newestFirst, from])}` },
        view: async (document) => this.view(orgId, document),
      },
      request,
    );
  }

  async view(orgId: string, document: VersionDocument): Promise<Version> {
    const { subjectKind, subjectKey, version, number } = document;
    const timeline = await this.timeline(orgId, subjectKind, subjectKey, version.kind);
    const mark = timeline.marks.find((candidate) => candidate.number === number);
    return mark
      ? versionView(document, timeline, mark)
      : versionView(document, new Timeline([asMark(document)]), asMark(document));
  }

  /** The timeline a version competes on: waivers and mappings of one customer are decided apart. */
  async timeline(
    orgId: string,
    kind: SubjectKind,
    key: string,
    changeKind: ChangeKind,
  ): Promise<Timeline<VersionMark>> {
    switch (kind) {
      case 'TIER':
        return (await this.matrix.matrixOf(orgId)).tiers.get(key)?.timeline ?? NOTHING;
      case 'COVERAGE':
        return (await this.matrix.matrixOf(orgId)).coverages.get(key)?.timeline ?? NOTHING;
      case 'APPROVAL_POLICY':
        return (await this.matrix.matrixOf(orgId)).policy?.timeline ?? NOTHING;
      case 'CUSTOMER': {
        const customer = await this.store.get(CUSTOMERS, documentKey(orgId, key));
        if (!customer) return NOTHING;
        const facts = factsOf(customer);
        return changeKind === 'WAIVER' ? facts.waivers : facts.mappings;
      }
      case 'CONTRACT': {
        const contract = await this.store.get(CONTRACTS, documentKey(orgId, key));
        const customer =
          contract && (await this.store.get(CUSTOMERS, documentKey(orgId, contract.customerKey)));
        if (!customer) return NOTHING;
        return factsOf(customer).contracts.find((candidate) => candidate.key === key)?.versions ?? NOTHING;
      }
      case 'IMPORT':
        return NOTHING;
    }
  }
}

const asMark = ({ version, changeId, recordedAt, position, number }: VersionDocument): VersionMark => ({
  number,
  kind: version.kind,
  changeId,
  position,
  recordedAt,
  effectiveFrom: version.effectiveFrom,
  ...(version.effectiveUntil === undefined ? {} : { effectiveUntil: version.effectiveUntil }),
});

/** @throws DomainError INVALID_INPUT for a subject without an id */
export const checkSubject = (subject: Subject): Subject => {
  if (subject.kind !== 'APPROVAL_POLICY' && subject.id.trim() === '')
    throw invalid(['subject', 'id'], 'Name the subject whose history you want.');
  return subject;
};
