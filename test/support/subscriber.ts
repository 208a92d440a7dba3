import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Variables } from './http-client.js';

export const APPROVED_CHANGES = `subscription ($after: Position) {
  approvedChanges(after: $after) {
    position
    change { id kind status subject { kind id } proposedBy }
    version { number subject { kind id } changeId position approvedBy }
  }
}`;

export interface ApprovedChangeAnswer {
  readonly position: string;
  readonly change: { readonly id: string; readonly kind: string; readonly status: string };
  readonly version: {
    readonly number: number;
    readonly subject: { readonly kind: string; readonly id: string };
    readonly changeId: string;
    readonly position: string;
  };
}

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** One client of the subscriptions, which keeps everything it is sent. */
export class Subscriber {
  readonly messages: Message[] = [];
  /** Once the socket is over: why. */
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly socket: WebSocket;

  constructor(url: string, options: { readonly headers?: Record<string, string> } = {}) {
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', options);
    this.socket.on('message', (data: Buffer) => this.messages.push(JSON.parse(data.toString()) as Message));
    this.socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    this.socket.on('error', () => undefined);
  }

  /** Connected and acknowledged, and subscribed to the approved changes after a position. */
  static async follow(url: string, token: string, after?: string): Promise<Subscriber> {
    const subscriber = await Subscriber.acknowledged(url, token);
    subscriber.subscribe(APPROVED_CHANGES, { after });
    return subscriber;
  }

  static async acknowledged(url: string, token: string): Promise<Subscriber> {
    const subscriber = new Subscriber(url);
    await subscriber.opened();
    subscriber.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    await subscriber.until(({ type }) => type === 'connection_ack');
    return subscriber;
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.once('open', () => resolve());
      this.socket.once('error', reject);
    });
  }

  send(message: Message | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(query: string, variables: Variables = {}, id: string = randomUUID()): string {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
    return id;
  }

  /** The changes that came so far. */
  get changes(): readonly ApprovedChangeAnswer[] {
    return this.messages
      .filter(({ type }) => type === 'next')
      .map(
        ({ payload }) =>
          (payload as { data: { approvedChanges: ApprovedChangeAnswer } }).data.approvedChanges,
      );
  }

  get positions(): readonly string[] {
    return this.changes.map(({ position }) => position);
  }

  /** The first message of that kind, now or later; rejects when the socket closes first. */
  until(matches: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const { socket } = this;
      const look = (): void => {
        const found = this.messages.find(matches);
        if (!found && !this.closed) return;
        socket.off('message', look);
        socket.off('close', look);
        if (found) resolve(found);
        else reject(new Error(`Closed: ${JSON.stringify(this.closed)}`));
      };
      socket.on('message', look);
      socket.on('close', look);
      look();
    });
  }

  /** Resolves once so many changes have come. */
  async received(count: number): Promise<readonly ApprovedChangeAnswer[]> {
    await this.until(() => this.messages.filter(({ type }) => type === 'next').length >= count);
    return this.changes;
  }

  ended(): Promise<{ readonly code: number; readonly reason: string }> {
    if (this.closed) return Promise.resolve(this.closed);
    return new Promise((resolve) =>
      this.socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
  }

  async leave(): Promise<void> {
    const ended = this.ended();
    this.socket.close(1000);
    await ended;
  }
}
