import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of a command: it arrives, never arrives, or is carried out and its answer never arrives. */
export type Fate = 'pass' | 'lost' | 'unanswered';

const OP_MSG = 2013;
/** Where the first field's name begins: after header, flags, section kind, document length and field type. */
const COMMAND_NAME = 16 + 4 + 1 + 4 + 1;

/** Stands in front of a MongoDB server and has the accidents that a network and a machine have. */
export class MongoDbProxy {
  /** Asked for every command but those by which a driver watches its servers. */
  fate: (command: string) => Fate = () => 'pass';
  readonly #sockets = new Set<Socket>();
  #frozen = false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  /** @param target URL of the server; one host */
  static async start(target: string): Promise<MongoDbProxy> {
    const server = createServer();
    const proxy = new MongoDbProxy(server, new URL(target));
    server.on('connection', (client) => proxy.#serve(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The server's URL through this proxy, with another database. */
  url(database: string): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    url.pathname = `/${database}`;
    // Else a driver would find the members of a replica set by itself and go past the proxy.
    url.searchParams.set('directConnection', 'true');
    return url.href;
  }

  /** Takes everything and answers nothing, like a stopped process or a cut cable. */
  freeze(): void {
    this.#frozen = true;
    for (const socket of this.#sockets) socket.pause();
  }

  thaw(): void {
    this.#frozen = false;
    for (const socket of this.#sockets) socket.resume();
  }

  /** Ends every connection; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #serve(client: Socket): void {
    const upstream = connect(Number(this.target.port || 27017), this.target.hostname);
    let answers = true;
    const messages = new Messages();
    client.on('data', (chunk) => {
      for (const message of messages.take(chunk)) {
        const command = commandOf(message);
        const fate = command === null ? 'pass' : this.fate(command);
        if (fate === 'lost') return void client.destroy();
        answers &&= fate === 'pass';
        upstream.write(message);
      }
    });
    upstream.on('data', (chunk) => (answers ? client.write(chunk) : client.destroy()));
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(socket);
      if (this.#frozen) socket.pause();
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}

/** Puts messages together from the pieces in which they come. */
class Messages {
  #rest: Buffer = Buffer.alloc(0);

  take(chunk: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const whole: Buffer[] = [];
    while (this.#rest.length >= 4 && this.#rest.length >= this.#rest.readInt32LE(0)) {
      const length = this.#rest.readInt32LE(0);
      whole.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
    }
    return whole;
  }
}

const WATCHING = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'buildInfo', 'endSessions']);

const commandOf = (message: Buffer): string | null => {
  if (message.readInt32LE(12) !== OP_MSG) return null;
  const command = message.toString('latin1', COMMAND_NAME, message.indexOf(0, COMMAND_NAME));
  return WATCHING.has(command) ? null : command;
};
