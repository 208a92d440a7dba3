import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * The only way into the server: a TCP relay, so that connections can break, freeze and be refused
 * below gRPC, as they do when a machine or a network fails.
 */
export class Front {
  readonly #pairs = new Map<Socket, Socket>();
  #server: Server | null = null;
  #frozen = false;
  #accepted = 0;

  constructor(
    private readonly target: number,
    private port: number,
  ) {}

  /** Connections accepted so far: more of them means that somebody has given one up. */
  get accepted(): number {
    return this.#accepted;
  }

  get listeningPort(): number {
    return this.port;
  }

  async accept(): Promise<void> {
    if (this.#server) return;
    const server = createServer({ pauseOnConnect: true }, (socket) => this.#relay(socket));
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async refuse(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.breakConnections();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  breakConnections(): void {
    for (const [outer, inner] of this.#pairs) {
      outer.resetAndDestroy();
      inner.destroy();
    }
    this.#pairs.clear();
  }

  freeze(): void {
    this.#frozen = true;
    for (const [outer, inner] of this.#pairs) {
      outer.unpipe(inner).pause();
      inner.unpipe(outer).pause();
    }
  }

  thaw(): void {
    this.#frozen = false;
    for (const [outer, inner] of this.#pairs) outer.pipe(inner).pipe(outer);
  }

  #relay(outer: Socket): void {
    this.#accepted += 1;
    const inner = connect(this.target, '127.0.0.1');
    this.#pairs.set(outer, inner);
    const end = (): void => {
      this.#pairs.delete(outer);
      outer.destroy();
      inner.destroy();
    };
    // A broken connection is what this class is for: 'close' follows every 'error' and cleans up.
    for (const socket of [outer, inner]) socket.setNoDelay(true).on('error', end).on('close', end);
    if (!this.#frozen) outer.pipe(inner).pipe(outer);
  }
}
