import type { RecordedEvent } from '../../src/domain/events.js';
import type { AuditEntryDocument } from '../../src/application/read-models/audit.read-model.js';

/** From what to what, as far as the event alone says it. Never a hash, and never a run of rows. */
export const whatChanged = ({
  type,
  data,
}: RecordedEvent): Pick<AuditEntryDocument, 'after' | 'version' | 'beforeVersion'> => {
  switch (type) {
    case 'ChangeProposed':
    case 'ChangeRevised': {
      const { content, effectiveFrom, effectiveUntil, baseVersion } = data;
      const times = { ...(effectiveFrom && { effectiveFrom }), ...(effectiveUntil && { effectiveUntil }) };
      return { after: { ...content, ...times }, beforeVersion: baseVersion };
    }
    case 'ChangeApproved':
    case 'ImportRowApplied':
      return { version: data.version.number, beforeVersion: data.version.number - 1 };
    case 'ApprovalGiven':
      return {
        after: { approver: data.approver, ...(data.comment !== undefined && { comment: data.comment }) },
      };
    case 'ChangeCommented':
      return { after: { text: data.text } };
    case 'ExceptionAcknowledged': {
      const { acknowledgedBy: _, ...after } = data;
      return { after };
    }
    case 'ImportRowsStaged':
      return { after: { records: data.rows.length, first: data.rows[0]?.record ?? 0 } };
    case 'ImportStarted':
      return { after: { source: data.source } };
    case 'ImportAnalysed':
      return { after: { total: data.total, counts: data.counts } };
    case 'ImportFailed':
      return { after: { message: data.message, ...(data.record !== undefined && { record: data.record }) } };
    case 'ImportProgressed':
      return { after: { applied: data.applied, skipped: data.skipped.length, done: data.done } };
    case 'OrganizationCreated':
      return { after: { name: data.name, timeZone: data.timeZone } };
    case 'PasswordSet':
      return { after: { email: data.email } };
    case 'ActionRefused': {
      const { action, code, message, omitted } = data;
      return { after: { action, code, message, ...(omitted !== undefined && { omitted }) } };
    }
    case 'WebhookCreated':
    case 'WebhookDisabled':
    case 'WebhookResumed':
    case 'WebhookDeleted':
    case 'WebhookSecretReplaced':
    case 'DeliveryAbandoned':
    case 'RedeliveryRequested':
    case 'RedeliveryAttempted':
      return { after: data };
    default:
      return {};
  }
};
