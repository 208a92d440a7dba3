import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { MessageType, parseMessage, type SubscribeMessage } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import { UnauthenticatedError, type Authenticator } from '../../../application/ports/authenticator.js';
import type { Principal } from '../../../application/principal.js';
import { CLOSE } from './close-codes.js';
import type { Operations } from './operation.js';
import { Outbox, type OutboxLimits } from './outbox.js';

export interface ConnectionParts {
  readonly authenticator: Authenticator;
  /** What the opening request brings along instead of a token in `connection_init`. */
  readonly authorizationOf: (request: IncomingMessage) => string | undefined;
  readonly operations: Operations;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told when a subscription begins; the answer when it has ended. */
  readonly onSubscribed: (field: string) => () => void;
  readonly onError: (error: unknown) => void;
  readonly limits?: OutboxLimits;
}

const INIT_PATIENCE_MS = 3_000;
const MAX_SUBSCRIPTIONS = 50;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One client that speaks graphql-transport-ws: who it is, for how long, and what it follows. */
export class Connection {
  private readonly outbox: Outbox;
  private readonly subscriptions = new Map<string, AbortController>();
  private authorization: string | undefined;
  private principal: Principal | null = null;
  private initialised = false;
  private timer: NodeJS.Timeout | undefined;
  private checking = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly request: IncomingMessage,
    private readonly parts: ConnectionParts,
  ) {
    this.outbox = new Outbox(socket, request.socket, parts.limits);
    this.timer = setTimeout(
      () => socket.close(CLOSE.INIT_TIMEOUT, 'Connection initialisation timeout'),
      INIT_PATIENCE_MS,
    );
    socket.on('message', (data) => this.received(data));
    socket.on('close', () => this.ended());
  }

  /** Looks again whether the client is who it was: roles may have been taken back, keys revoked. */
  async recheck(): Promise<void> {
    const { principal } = this;
    if (!principal || this.checking) return;
    this.checking = true;
    try {
      const now = await this.parts.authenticator.authenticate(this.authorization);
      if (rightsOf(now) !== rightsOf(principal)) this.forbid('Your rights have changed. Connect again.');
    } catch (error) {
      // While it cannot be told, what was found good stays so: the authenticator bounds for how long.
      if (error instanceof UnauthenticatedError) this.forbid(error.message);
    } finally {
      this.checking = false;
    }
  }

  private received(data: RawData): void {
    try {
      // Text messages come as one buffer: see `WebSocket.binaryType`.
      const message = parseMessage((data as Buffer).toString());
      switch (message.type) {
        case MessageType.ConnectionInit:
          return void this.initialise(message.payload);
        case MessageType.Ping:
          return void this.outbox.send(JSON.stringify({ type: MessageType.Pong, payload: message.payload }));
        case MessageType.Pong:
          return;
        case MessageType.Subscribe:
          return void this.subscribe(message);
        case MessageType.Complete:
          return this.unsubscribe(message.id);
        default:
          return this.socket.close(CLOSE.BAD_REQUEST, `Unexpected message of type ${message.type} received`);
      }
    } catch {
      this.socket.close(CLOSE.BAD_REQUEST, 'Invalid message received');
    }
  }

  private async initialise(payload: Readonly<Record<string, unknown>> | undefined): Promise<void> {
    if (this.initialised) return this.socket.close(CLOSE.TOO_MANY_INITS, 'Too many initialisation requests');
    this.initialised = true;
    const given = payload?.['authorization'] ?? payload?.['Authorization'];
    this.authorization = typeof given === 'string' ? given : this.parts.authorizationOf(this.request);
    try {
      this.principal = await this.parts.authenticator.authenticate(this.authorization);
    } catch (error) {
      if (error instanceof UnauthenticatedError) return this.forbid(error.message);
      this.parts.onError(error);
      return this.socket.close(CLOSE.TRY_AGAIN_LATER, 'Nobody can be identified at the moment. Try again.');
    }
    this.watchExpiry();
    void this.outbox.send(JSON.stringify({ type: MessageType.ConnectionAck }));
  }

  private async subscribe({ id, payload }: SubscribeMessage): Promise<void> {
    const { principal, subscriptions } = this;
    if (!principal) return this.socket.close(CLOSE.UNAUTHORIZED, 'Unauthorized');
    if (subscriptions.has(id))
      return this.socket.close(
        CLOSE.SUBSCRIBER_ALREADY_EXISTS,
        `Subscriber for ${id.slice(0, 80)} already exists`,
      );
    if (subscriptions.size >= MAX_SUBSCRIPTIONS)
      return this.socket.close(
        CLOSE.BAD_REQUEST,
        `A socket carries at most ${MAX_SUBSCRIPTIONS} subscriptions.`,
      );
    const ending = new AbortController();
    subscriptions.set(id, ending);
    try {
      await this.follow(id, payload, principal, ending.signal);
    } catch (error) {
      this.parts.onError(error);
      this.socket.close(CLOSE.INTERNAL_ERROR, 'Internal server error');
    } finally {
      ending.abort();
      if (subscriptions.get(id) === ending) subscriptions.delete(id);
    }
  }

  /** The id is free at once, however long the source takes to end. */
  private unsubscribe(id: string): void {
    this.subscriptions.get(id)?.abort();
    this.subscriptions.delete(id);
  }

  private async follow(
    id: string,
    payload: SubscribeMessage['payload'],
    principal: Principal,
    signal: AbortSignal,
  ): Promise<void> {
    const { operations, onSubscribed } = this.parts;
    const correlationId = randomUUID();
    const context = { principal, correlationId, address: this.request.socket.remoteAddress, signal };
    const fail = (errors: unknown) =>
      this.outbox.send(JSON.stringify({ id, type: MessageType.Error, payload: errors }));
    const following = await operations.subscribe(payload, context);
    if (!('results' in following)) return fail(following);
    const unsubscribed = onSubscribed(following.field);
    try {
      await this.deliver(id, following.results, signal);
      if (!signal.aborted) await this.outbox.send(JSON.stringify({ id, type: MessageType.Complete }));
    } catch (error) {
      if (!signal.aborted) await fail(operations.formatted([error], correlationId));
    } finally {
      unsubscribed();
    }
  }

  private async deliver(id: string, results: AsyncIterable<Buffer>, signal: AbortSignal): Promise<void> {
    const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`);
    for await (const result of results) {
      // A timer can be late; what is delivered must not be.
      if (signal.aborted || this.hasExpired()) return;
      await this.outbox.send(Buffer.concat([head, result, CLOSING_BRACE]));
    }
  }

  private hasExpired(): boolean {
    const expiresAt = this.principal?.expiresAt;
    if (expiresAt === undefined || this.parts.now() < expiresAt * 1000) return false;
    this.forbid('The token has expired. Sign in again.');
    return true;
  }

  /** Ends the connection at the very moment at which its token ends. */
  private watchExpiry(): void {
    clearTimeout(this.timer);
    const expiresAt = this.principal?.expiresAt;
    if (expiresAt === undefined || this.hasExpired()) return;
    const left = Math.min(expiresAt * 1000 - this.parts.now(), LONGEST_TIMER_MS);
    this.timer = setTimeout(() => this.watchExpiry(), left);
  }

  private forbid(reason: string): void {
    this.ended();
    this.socket.close(CLOSE.FORBIDDEN, reason);
  }

  private ended(): void {
    clearTimeout(this.timer);
    this.principal = null;
    for (const ending of this.subscriptions.values()) ending.abort();
  }
}

const CLOSING_BRACE = Buffer.from('}');

const rightsOf = ({ subject, orgId, roles, scopes }: Principal): string =>
  JSON.stringify([subject, orgId, [...roles].sort(), [...scopes].sort()]);
