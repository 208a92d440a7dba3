import { EventStoreDBClient } from '@eventstore/db-client';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { UnusableUrlError } from './eventstoredb-errors.js';
import { assertSupported } from './server-version.js';
import { within } from './patience.js';

type Stub = InstanceType<typeof streamsGrpc.StreamsClient>;
export type BatchAppendCall = ReturnType<Stub['batchAppend']>;

/** What the client offers to those who extend it; the connection, the credentials and the leader are its own affair. */
interface ClientInside {
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
  supports(method: { readonly path: string }): Promise<boolean>;
  getChannel(): Promise<{ close(): void }>;
  callArguments(options: object, callOptions: { deadline: number }): Parameters<Stub['batchAppend']>;
  GRPCStreamCreator<T>(
    stub: typeof streamsGrpc.StreamsClient,
    name: string,
    create: (stub: Stub) => T,
  ): () => Promise<T>;
  handleError: (stub: unknown, error: Error) => Promise<void>;
}

const inside = (client: EventStoreDBClient): ClientInside => client as unknown as ClientInside;

const CANCELLED = 1;
const isCancelled = (error: Error): boolean => 'code' in error && error.code === CANCELLED;

const noChannelToClose = (): void => undefined;

/** What the client knows, as it spells it. */
const OPTIONS = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'dnsDiscover',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'throwOnAppendFailure',
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
];
/** Of other clients; this one has no means to leave certificates unchecked. */
const WITHOUT_EFFECT = 'tlsVerifyCert';

/** As the client compares them. */
const flat = (option: string): string => option.trim().toLowerCase().replace(/[_-]/g, '');
const KNOWN = new Set(OPTIONS.map(flat));

/**
 * The connection string without options that have no effect: the client would name each of them on stderr, together with
 * the whole connection string and the password in it.
 */
const effective = (url: string): string => {
  const [base = '', ...query] = url.split('?');
  const given = query.join('?');
  if (given === '') return url;
  const options = given
    .split('&')
    .map((option) => ({ option, name: option.split('=', 1)[0]! }))
    .filter(({ name }) => flat(name) !== flat(WITHOUT_EFFECT));
  const unknown = options.find(({ name }) => !KNOWN.has(flat(name)));
  if (unknown)
    throw new Error(`there is no option ${unknown.name.slice(0, 40)}. There are: ${OPTIONS.join(', ')}.`);
  return options.length === 0 ? base : `${base}?${options.map(({ option }) => option).join('&')}`;
};

let connections = 0;

/**
 * The connection string of a client that shares its TCP connection with no other. gRPC gives channels to the same
 * server one connection as long as their options are the same, so that a new client would be as stuck as the old one;
 * some milliseconds more between two keep-alive pings make the difference.
 */
export const ownConnection = (url: string): string => {
  const given = /(?<=[?&]keepAliveInterval=)\d+/i;
  connections = (connections + 1) % 1_000;
  if (/[?&]keepAliveInterval=/i.test(url))
    return url.replace(given, (interval) => String(Number(interval) + connections));
  return `${url}${url.includes('?') ? '&' : '?'}keepAliveInterval=${10_000 + connections}`;
};

/**
 * One client at a time, made when it is needed and given up when it no longer answers: its view of the server's
 * abilities is fetched once, without a deadline, and stays broken when that fails.
 */
export class Connection {
  private current: EventStoreDBClient | null = null;
  private readonly url: string;

  /** @throws UnusableUrlError */
  constructor(url: string) {
    try {
      this.url = effective(url);
      // Made to be looked at: it connects when it is first used.
      EventStoreDBClient.connectionString(this.url);
    } catch (error) {
      throw new UnusableUrlError(error);
    }
  }

  get client(): EventStoreDBClient {
    if (this.current) return this.current;
    const client = EventStoreDBClient.connectionString(ownConnection(this.url));
    const handleError = inside(client).handleError;
    // The client reconnects whenever one of its calls is cancelled, also when we have cancelled it ourselves;
    // and nobody waits for what it does about an error, so a failure of that would end the process.
    inside(client).handleError = async (stub, error) => {
      if (isCancelled(error)) return;
      try {
        await handleError(stub, error);
      } catch {
        this.giveUp(client);
      }
    };
    this.current = client;
    return client;
  }

  /** @throws UnsupportedServerError; whatever the client throws when it cannot connect */
  async checkVersion(): Promise<void> {
    assertSupported((await inside(this.client).capabilities).serverVersion);
  }

  supportsBatchAppend(): Promise<boolean> {
    return inside(this.client).supports(streamsGrpc.StreamsService.batchAppend);
  }

  openBatchAppend(): Promise<BatchAppendCall> {
    const client = inside(this.client);
    const args = client.callArguments({}, { deadline: Infinity });
    return client.GRPCStreamCreator(streamsGrpc.StreamsClient, 'batchAppend', (stub) =>
      stub.batchAppend(...args),
    )();
  }

  /** The next call connects anew. Calls that run on the old connection go on until they end. */
  renew(): void {
    if (this.current) this.giveUp(this.current);
  }

  private giveUp(client: EventStoreDBClient): void {
    if (this.current === client) this.current = null;
    inside(client)
      .getChannel()
      .then((channel) => channel.close())
      .catch(noChannelToClose);
  }

  /** Ends what still runs, waiting no longer than that. */
  async close(deadlineMs: number): Promise<void> {
    const client = this.current;
    if (!client) return;
    await within(deadlineMs, client.dispose());
    this.giveUp(client);
  }
}
