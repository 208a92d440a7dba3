import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { CommandContext } from '../../application/command-context.js';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import type { Principal } from '../../application/principal.js';

/** What every resolver of one operation shares. */
export interface RequestContext {
  /** Null: no token was sent; only signing in needs none. */
  readonly principal: Principal | null;
  readonly correlationId: string;
  /** Of the client, for the budget of failed sign-ins. */
  readonly address: string | undefined;
  /** Of a subscription: aborts when nobody waits for it any longer. */
  readonly signal?: AbortSignal;
}

export const contextOf = (context: ExecutionContext): RequestContext =>
  GqlExecutionContext.create(context).getContext<RequestContext>();

/** The caller. @throws UnauthenticatedError */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = contextOf(context);
  if (!principal) throw new UnauthenticatedError('missing');
  return principal;
});

/** The caller as somebody who gives a command. @throws UnauthenticatedError */
export const Commanding = createParamDecorator((_: unknown, context: ExecutionContext): CommandContext => {
  const { principal, correlationId } = contextOf(context);
  if (!principal) throw new UnauthenticatedError('missing');
  return { principal, correlationId, via: 'graphql' };
});

export const Request = createParamDecorator((_: unknown, context: ExecutionContext): RequestContext =>
  contextOf(context),
);

/** Aborts when the subscriber has gone. */
export const UntilGone = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const { signal } = contextOf(context);
  if (!signal) throw new TypeError('Only subscriptions are waited for.');
  return signal;
});
