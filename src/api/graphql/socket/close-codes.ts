/** Why the server ends a socket. 44xx as graphql-transport-ws has them, where it has one. */
export const CLOSE = {
  GOING_AWAY: 1001,
  TRY_AGAIN_LATER: 1013,
  BAD_REQUEST: 4400,
  /** Something was asked before `connection_init` was acknowledged. */
  UNAUTHORIZED: 4401,
  /** No valid token, or no longer. */
  FORBIDDEN: 4403,
  SUBPROTOCOL_NOT_ACCEPTABLE: 4406,
  INIT_TIMEOUT: 4408,
  SUBSCRIBER_ALREADY_EXISTS: 4409,
  /** Of our own: takes less off than is sent. Clients that follow graphql-ws connect again by themselves. */
  TOO_SLOW: 4413,
  TOO_MANY_INITS: 4429,
  INTERNAL_ERROR: 4500,
} as const;
