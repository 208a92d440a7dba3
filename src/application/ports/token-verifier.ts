import type { Principal } from '../principal.js';

export interface Verified {
  readonly principal: Principal;
  /** True when it rests on the organization's log (roles, a key) and must be looked up again within seconds. */
  readonly revocable: boolean;
}

/** Turns one kind of proof of identity into a principal. */
export abstract class TokenVerifier {
  /**
   * @param token what follows `Bearer`
   * @throws UnauthenticatedError, IdentityUnavailableError
   */
  abstract verify(token: string): Promise<Verified>;
}
