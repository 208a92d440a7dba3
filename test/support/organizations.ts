import type { Role, Scope } from '../../src/domain/organization/organization.events.js';
import { noOrganization, type OrganizationState } from '../../src/domain/organization/organization.state.js';

/** A clock that stands still until it is told to go on; milliseconds since 1970. */
export const stoppedClock = (start = 1_770_000_000_000) => {
  let now = start;
  const clock = () => now;
  return Object.assign(clock, {
    goOn: (milliseconds: number): void => {
      now += milliseconds;
    },
  });
};

/** Organizations as the log would give them, to be changed at will; counts how often it was asked. */
export class FakeOrganizations {
  private readonly states = new Map<string, OrganizationState>();
  /** Thrown instead of an answer. */
  failure: Error | null = null;
  /** Waited for before every answer. */
  delay: Promise<void> = Promise.resolve();
  asked = 0;

  async find(orgId: string): Promise<OrganizationState | null> {
    this.asked += 1;
    await this.delay;
    if (this.failure !== null) throw this.failure;
    return this.states.get(orgId) ?? null;
  }

  create(orgId: string): void {
    this.states.set(orgId, { ...noOrganization, orgId, name: orgId, revision: 0n });
  }

  person(orgId: string, email: string, roles: readonly Role[], passwordHash?: string): void {
    this.change(orgId, (state, revision) => {
      const password = passwordHash === undefined ? null : { hash: passwordHash, revision };
      return {
        ...state,
        persons: new Map(state.persons).set(email, { email, name: email, roles, password }),
      };
    });
  }

  /** Changes the roles and nothing else. */
  roles(orgId: string, email: string, roles: readonly Role[]): void {
    this.change(orgId, (state) => {
      const person = state.persons.get(email);
      return person ? { ...state, persons: new Map(state.persons).set(email, { ...person, roles }) } : state;
    });
  }

  key(
    orgId: string,
    keyId: string,
    hash: string,
    scopes: readonly Scope[],
    expiresAt: string | null = null,
  ): void {
    const key = { keyId, name: keyId, hash, scopes, expiresAt, revoked: false };
    this.change(orgId, (state) => ({ ...state, keys: new Map(state.keys).set(keyId, key) }));
  }

  revoke(orgId: string, keyId: string): void {
    this.change(orgId, (state) => {
      const key = state.keys.get(keyId);
      return key ? { ...state, keys: new Map(state.keys).set(keyId, { ...key, revoked: true }) } : state;
    });
  }

  private change(
    orgId: string,
    change: (state: OrganizationState, revision: bigint) => OrganizationState,
  ): void {
    const state = this.states.get(orgId) ?? noOrganization;
    const revision = state.revision + 1n;
    this.states.set(orgId, { ...change(state, revision), revision });
  }
}
