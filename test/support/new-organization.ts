import type { Role } from '../../src/domain/organization/organization.events.js';
import type { App } from './app.js';
import type { Change } from './answers.js';
import { Caller } from './caller.js';
import type { Variables } from './http-client.js';

/** An organization of one test, with somebody for each role. */
export interface Organization {
  readonly id: string;
  readonly viewer: Caller;
  readonly member: Caller;
  readonly admin: Caller;
  /** A second approver. */
  readonly admiral: Caller;
  readonly compliance: Caller;
  as(subject: string, ...roles: readonly Role[]): Promise<Caller>;
  /** Proposed by the member, approved by the admin. */
  live(mutation: string, input: Variables): Promise<Change>;
}

export const newOrganization = async (app: App, timeZone?: string): Promise<Organization> => {
  const id = await app.createOrganization(timeZone);
  const as = async (subject: string, ...roles: readonly Role[]): Promise<Caller> =>
    new Caller(() => app.http, subject, await app.token(id, subject, roles));
  const [viewer, member, admin, admiral, compliance] = await Promise.all([
    as('vera', 'viewer'),
    as('mia', 'member'),
    as('ada', 'admin'),
    as('abe', 'admin'),
    as('cora', 'compliance'),
  ]);
  const live = async (mutation: string, input: Variables): Promise<Change> =>
    admin.approve(await member.done(mutation, input));
  return { id, viewer, member, admin, admiral, compliance, as, live };
};

/** A caller with a key of the organization instead of a person's token. */
export const keyHolder = async (
  app: App,
  { id }: Organization,
  ...scopes: Parameters<App['key']>[1]
): Promise<Caller> => new Caller(() => app.http, 'key', await app.key(id, scopes));
