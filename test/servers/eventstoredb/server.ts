import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { append, batchAppend } from './append.service.js';
import { gossipRead, supportedMethods } from './cluster.service.js';
import { deleteStream, tombstoneStream } from './delete.service.js';
import { Faults } from './faults.js';
import { Front } from './front.js';
import { MemoryLog } from './memory-log.js';
import { read } from './read.service.js';
import { journalTo, restoreFrom } from './snapshot.js';
import { featuresGrpc, gossipGrpc, streamsGrpc } from './stubs.js';

export interface EventStoreDbServerOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly version?: string;
  /** Whether BatchAppend is advertised; without it clients append one call at a time. Default true. */
  readonly batchAppend?: boolean;
  /** File that keeps the events from one run to the next. */
  readonly snapshot?: string;
  /** Milliseconds since 1970; for `created`. */
  readonly now?: () => number;
}

/** An event store in memory that speaks EventStoreDB's protocol and misbehaves on demand. */
export class EventStoreDbServer {
  private constructor(
    private readonly grpc: Server,
    private readonly front: Front,
    readonly log: MemoryLog,
    readonly faults: Faults,
  ) {}

  static async start(options: EventStoreDbServerOptions = {}): Promise<EventStoreDbServer> {
    const { port = 0, version = '24.2.0.0', batchAppend: advertised = true, now = Date.now } = options;
    const log = new MemoryLog(now, options.snapshot ? journalTo(options.snapshot) : undefined);
    if (!options.snapshot || !restoreFrom(options.snapshot, log)) writeSystemEvents(log, 3);

    const grpc = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    const inner = await new Promise<number>((resolve, reject) =>
      grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    const front = new Front(inner, port);
    const faults = new Faults(front);
    grpc.addService(streamsGrpc.StreamsService, {
      read: read(log, faults),
      append: append(log, faults),
      batchAppend: batchAppend(log, faults),
      delete: deleteStream(log, faults),
      tombstone: tombstoneStream(log, faults),
    });
    grpc.addService(featuresGrpc.ServerFeaturesService, {
      getSupportedMethods: supportedMethods({ version, batchAppend: advertised }, faults),
    });
    grpc.addService(gossipGrpc.GossipService, { read: gossipRead(() => front.listeningPort, faults) });
    await front.accept();
    return new EventStoreDbServer(grpc, front, log, faults);
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.front.listeningPort}?tls=false`;
  }

  /** What a server writes about itself: statistics, every now and then. */
  writeSystemEvents(count: number): void {
    writeSystemEvents(this.log, count);
    this.log.announce();
  }

  /** An append by somebody else, in a moment of the test's choosing. */
  appendAsAnother(
    stream: string,
    events: readonly { id: string; type: string; data: object; metadata: object }[],
  ): void {
    const proposed = events.map(({ id, type, data, metadata }) => ({
      id,
      type,
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify(data)),
      metadata: Buffer.from(JSON.stringify(metadata)),
    }));
    this.log.append(stream, 'any', proposed);
    this.log.announce();
  }

  /** Goes away and comes back on the same port with its data. */
  async restart(): Promise<void> {
    await this.front.refuse();
    await this.front.accept();
  }

  async stop(): Promise<void> {
    this.faults.dropSubscriptions();
    await this.front.refuse();
    this.grpc.forceShutdown();
  }
}

const writeSystemEvents = (log: MemoryLog, count: number): void => {
  for (let i = 0; i < count; i += 1)
    log.append('$stats-127.0.0.1:2113', 'any', [
      {
        id: randomUUID(),
        type: '$statsCollected',
        contentType: 'application/json',
        data: Buffer.from('{}'),
        metadata: new Uint8Array(),
      },
    ]);
};
