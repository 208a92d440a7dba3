import type { EventType } from '../../domain/events.js';

/** The data of one version of an event as the next version says it. Pure, and never changed once released. */
export type Upcaster = (data: object) => object;

/** Per type, oldest first: the first turns version 1 into version 2, and so on. */
export type Upcasters = Readonly<Partial<Record<EventType, readonly Upcaster[]>>>;

/**
 * A shape that changes gets a function here, its schema is changed to the new shape, and its golden file stays
 * (`test/golden/events/<Type>.v<n>.json`), so that whatever was ever stored is still read.
 */
export const UPCASTERS: Upcasters = {
  // Nobody was named, and no day set, before both could be.
  ExceptionAcknowledged: [(data) => data],
};

/** The version in which a type is written now. */
export const currentVersion = (type: EventType, upcasters: Upcasters = UPCASTERS): number =>
  1 + (upcasters[type]?.length ?? 0);

/** @param version in which `data` is written, 1 to {@link currentVersion} */
export const upcast = (
  type: EventType,
  version: number,
  data: object,
  upcasters: Upcasters = UPCASTERS,
): object => (upcasters[type] ?? []).slice(version - 1).reduce((older, toNext) => toNext(older), data);
