import { WebSocket } from 'ws';

const FEED = 'subscription ($after: Position) { approvedChanges(after: $after) { position } }';
const RECONNECT_MS = 50;

/** Follows the feed for as long as it is wanted, as a client should: whenever the connection ends, it resumes. */
export class SteadySubscriber {
  /** Positions in the order in which they came. */
  readonly received: string[] = [];
  private socket: WebSocket | null = null;
  private isWanted = true;

  /**
   * @param url where to connect to, asked anew every time
   * @param after position to begin after
   */
  constructor(
    private readonly url: () => string,
    private readonly token: string,
    private readonly after: string,
    private readonly onReceived: () => void,
  ) {
    this.connect();
  }

  leave(): void {
    this.isWanted = false;
    this.socket?.terminate();
  }

  private connect(): void {
    const socket = new WebSocket(`${this.url().replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    this.socket = socket;
    const send = (message: object): void => socket.send(JSON.stringify(message));
    socket.on('open', () =>
      send({ type: 'connection_init', payload: { authorization: `Bearer ${this.token}` } }),
    );
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: unknown };
      if (type === 'connection_ack') {
        const after = this.received.at(-1) ?? this.after;
        send({ id: '1', type: 'subscribe', payload: { query: FEED, variables: { after } } });
      }
      if (type !== 'next') return;
      const { data: entry } = payload as { data: { approvedChanges: { position: string } } };
      this.received.push(entry.approvedChanges.position);
      this.onReceived();
    });
    // Told by the closing that follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.isWanted) setTimeout(() => this.isWanted && this.connect(), RECONNECT_MS);
    });
  }
}
