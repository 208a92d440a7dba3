import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from './close-codes.js';

export interface OutboxLimits {
  /** Most bytes that wait for one client. Default 1 MiB. */
  readonly highWater?: number;
  /** How long a full outbox may stay full, in milliseconds. Default 10,000. */
  readonly patienceMs?: number;
}

const HIGH_WATER = 1024 * 1024;
const PATIENCE_MS = 10_000;

/**
 * Sends to one client no faster than the client takes. Whoever awaits {@link send} waits with it, so what has not been
 * sent stays in the log; a client that takes too little for too long is sent away with a code of its own.
 */
export class Outbox {
  private readonly highWater: number;
  private readonly patienceMs: number;
  private gathering = false;

  constructor(
    private readonly socket: WebSocket,
    /** What the socket writes to. */
    private readonly stream: Duplex,
    { highWater = HIGH_WATER, patienceMs = PATIENCE_MS }: OutboxLimits = {},
  ) {
    this.highWater = highWater;
    this.patienceMs = patienceMs;
  }

  /** Undefined: sent, and there is room for more. Otherwise resolves when there is, or when the socket is over. */
  send(message: Buffer | string): Promise<void> | undefined {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return undefined;
    this.gather();
    if (socket.bufferedAmount < this.highWater) {
      socket.send(message, { binary: false });
      return undefined;
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        socket.close(CLOSE.TOO_SLOW, 'Too slow. Connect again and resume after the last position received.');
        resolve();
      }, this.patienceMs);
      // Told in order, so this one is out when everything before it is.
      socket.send(message, { binary: false }, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** What is sent in one go goes out in one write: most of what a message costs is the system call. */
  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    this.stream.cork();
    setImmediate(() => {
      this.gathering = false;
      this.stream.uncork();
    });
  }
}
