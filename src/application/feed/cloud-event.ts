import type { ApprovedChange } from '../queries/views.js';

export const CLOUDEVENT = 'application/cloudevents+json; charset=utf-8';
export const CLOUDEVENTS_BATCH = 'application/cloudevents-batch+json; charset=utf-8';

/** CloudEvents 1.0. `source` and `id` together name a version for ever; `position` is the place to resume after. */
export const cloudEventOf = (orgId: string, { position, change, version }: ApprovedChange) => ({
  specversion: '1.0',
  id: position,
  source: `/organizations/${encodeURIComponent(orgId)}`,
  type: 'sla-matrix.change.approved.v1',
  subject: `${version.subject.kind.toLowerCase()}/${encodeURIComponent(version.subject.id)}`,
  time: version.recordedAt,
  datacontenttype: 'application/json',
  position,
  data: { change, version },
});
