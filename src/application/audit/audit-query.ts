import type { Subject } from '../../domain/change/content.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import { endOfDay, isDate, startOfDay, type Instant, type LocalDate } from '../../domain/shared/instant.js';
import type { Find, ReadStore } from '../ports/read-store.js';
import { pageOf } from '../queries/list.js';
import type { Connection, PageRequest } from '../queries/page.js';
import type { PointsInTime } from '../queries/points-in-time.js';
import type { AuditEntry } from '../queries/views.js';
import { AUDIT, type AuditDocument, type AuditEntryDocument } from '../read-models/audit.read-model.js';
import type { AuditViews } from './audit-views.js';

export interface AuditFilter {
  readonly actor?: string;
  readonly subject?: Subject;
  /** Name of an event, e.g. `ChangeApproved`. */
  readonly type?: string;
  /** Recorded then or later; a date: from its beginning in the organization's zone. */
  readonly from?: Instant | LocalDate;
  /** Recorded before; a date: to its end. */
  readonly to?: Instant | LocalDate;
  readonly changeId?: string;
}

const CHUNK = 500;

/** Who did what, when, from what to what. */
export class AuditQuery {
  constructor(
    private readonly store: ReadStore,
    private readonly views: AuditViews,
    private readonly times: PointsInTime,
  ) {}

  /** The latest first. */
  async auditLog(orgId: string, filter: AuditFilter, request: PageRequest): Promise<Connection<AuditEntry>> {
    const { where, rest } = questionOf(orgId, await this.settled(orgId, filter));
    return pageOf<AuditDocument, AuditEntry>(
      this.store,
      {
        model: AUDIT,
        where: { ...where, order: 'desc' },
        scope: { orgId, list: `audit ${JSON.stringify(filter)}` },
        ...(rest.length > 0 && { matches: (document) => rest.every((holds) => holds(entryOf(document))) }),
        view: (document) => this.views.view(entryOf(document)),
      },
      request,
    );
  }

  private async settled(orgId: string, filter: AuditFilter): Promise<AuditFilter> {
    const { from, to, ...rest } = filter;
    const timeZone = await this.times.timeZoneOf(orgId);
    return {
      ...rest,
      ...(from !== undefined && { from: isDate(from) ? startOfDay(from, timeZone) : from }),
      ...(to !== undefined && { to: isDate(to) ? endOfDay(to, timeZone) : to }),
    };
  }

  /** Everything that was recorded up to an instant, the earliest first. */
  async *all(orgId: string, until: Instant): AsyncGenerator<AuditEntry, void, void> {
    for (let after: string | null = ''; after !== null;) {
      const found: readonly { readonly document: AuditDocument }[] = await this.store.find(AUDIT, {
        index: 'all',
        equals: [orgId],
        range: { gt: after },
        limit: CHUNK,
      });
      for (const { document } of found) {
        const entry = entryOf(document);
        if (entry.recordedAt <= until) yield await this.views.view(entry);
        after = entry.position;
      }
      if (found.length < CHUNK) after = null;
    }
  }
}

type Condition = (entry: AuditEntryDocument) => boolean;

/** The index that leaves the least to look through, and what it leaves to look at. */
const questionOf = (
  orgId: string,
  { actor, subject, type, from, to, changeId }: AuditFilter,
): { readonly where: Pick<Find, 'index' | 'equals' | 'range'>; readonly rest: readonly Condition[] } => {
  const subjectKey = subject && (subject.kind === 'APPROVAL_POLICY' ? 'policy' : identifierKey(subject.id));
  const indexed: { readonly where: Pick<Find, 'index' | 'equals'>; readonly holds: Condition }[] = [];
  if (changeId !== undefined)
    indexed.push({
      where: { index: 'byChange', equals: [orgId, changeId] },
      holds: (entry) => entry.changeId === changeId,
    });
  if (subject && subjectKey !== undefined)
    indexed.push({
      where: { index: 'bySubject', equals: [orgId, subject.kind, subjectKey] },
      holds: (entry) => entry.subjectKind === subject.kind && entry.subjectKey === subjectKey,
    });
  if (actor !== undefined)
    indexed.push({
      where: { index: 'byActor', equals: [orgId, actor] },
      holds: (entry) => entry.actor === actor,
    });
  if (type !== undefined)
    indexed.push({
      where: { index: 'byType', equals: [orgId, type] },
      holds: (entry) => entry.eventType === type,
    });
  const range = { ...(from !== undefined && { gte: from }), ...(to !== undefined && { lt: to }) };
  const isBounded = from !== undefined || to !== undefined;
  const [first, ...others] = indexed;
  if (!first)
    return {
      where: isBounded ? { index: 'byTime', equals: [orgId], range } : { index: 'all', equals: [orgId] },
      rest: [],
    };
  const inTime: Condition = ({ recordedAt }) =>
    (from === undefined || recordedAt >= from) && (to === undefined || recordedAt < to);
  return { where: first.where, rest: [...others.map(({ holds }) => holds), ...(isBounded ? [inTime] : [])] };
};

/** Only entries have the fields that the indexes are made of. */
const entryOf = (document: AuditDocument): AuditEntryDocument => {
  if (document.type !== 'entry') throw new TypeError('A list of the audit log holds entries.');
  return document;
};
