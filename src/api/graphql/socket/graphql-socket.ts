import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE } from './close-codes.js';
import { Connection, type ConnectionParts } from './connection.js';

/** Subscriptions are short; what comes in is bounded, what goes out is not. */
const MAX_MESSAGE = 64 * 1024;
/** With the age of what the authenticator knows, a revocation is felt within five seconds. */
const RECHECK_MS = 800;
const KEEP_ALIVE_MS = 12_000;
/** How long clients have to say goodbye at a shutdown, in milliseconds. */
const FAREWELL_MS = 2_000;

/** graphql-transport-ws on `/graphql`, for subscriptions. */
export class GraphqlSocket {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    handleProtocols,
  });
  private readonly connections = new Map<WebSocket, Connection>();
  private readonly silent = new WeakSet<WebSocket>();
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(private readonly parts: () => ConnectionParts) {
    this.timers = [
      setInterval(() => this.recheck(), RECHECK_MS).unref(),
      setInterval(() => this.keepAlive(), KEEP_ALIVE_MS).unref(),
    ];
  }

  attach(http: Server): void {
    http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Tells every client to come back elsewhere. Resolves when all have gone, soon. */
  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    const gone = [...this.connections.keys()].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    for (const socket of this.connections.keys()) socket.close(CLOSE.GOING_AWAY, 'Going away');
    const impatience = setTimeout(() => {
      for (const socket of this.connections.keys()) socket.terminate();
    }, FAREWELL_MS);
    await Promise.all(gone);
    clearTimeout(impatience);
    this.server.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = request.url?.split('?', 1)[0];
    if (path !== '/graphql') return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    this.server.handleUpgrade(request, socket, head, (opened) => this.opened(opened, request));
  }

  private opened(socket: WebSocket, request: IncomingMessage): void {
    const parts = this.parts();
    // ws closes after its own errors (a frame too large, no UTF-8); without a listener they would end the process.
    socket.on('error', parts.onError);
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL)
      return socket.close(CLOSE.SUBPROTOCOL_NOT_ACCEPTABLE, 'Subprotocol not acceptable');
    this.connections.set(socket, new Connection(socket, request, parts));
    socket.on('close', () => this.connections.delete(socket));
    socket.on('pong', () => this.silent.delete(socket));
  }

  private recheck(): void {
    for (const connection of this.connections.values()) void connection.recheck();
  }

  private keepAlive(): void {
    for (const socket of this.connections.keys()) {
      if (this.silent.has(socket)) {
        socket.terminate();
        continue;
      }
      this.silent.add(socket);
      socket.ping();
    }
  }
}
