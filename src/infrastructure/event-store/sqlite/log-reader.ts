import type Database from 'libsql';
import type { EventType, RecordedEvent } from '../../../domain/events.js';
import { parseEvent } from '../serialization.js';

export type Row = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  recordedAt: string,
  metadata: string,
  data: string,
];

const COLUMNS = 'position, stream, revision, id, type, recorded_at, metadata, data';

/** Most bytes of data in one page; a single larger event is a page of its own. */
const PAGE_BYTES = 8 * 1024 * 1024;

/** Most positions one query looks through, so that a filter that matches nothing does not hold up the process. */
const WINDOW = 10_000;

export interface Range {
  /** Exclusive. */
  readonly after: number;
  /** Inclusive. */
  readonly upTo: number;
  readonly types: readonly EventType[] | undefined;
  /** Most events of the page. */
  readonly limit: number;
}

export interface Page {
  readonly rows: readonly Row[];
  /** Everything up to here has been looked at. */
  readonly position: number;
}

interface Bounded {
  readonly rows: readonly Row[];
  /** There are no more than these. */
  readonly exhausted: boolean;
}

interface Query {
  readonly measure: Database.Statement;
  readonly select: Database.Statement;
}

/** Reads of the log: pages bounded in events, in bytes and in the part of the log that they look through. */
export class LogReader {
  private readonly byTypeCount = new Map<number | undefined, Query>();
  private readonly ofStream: Query;
  private readonly last: Database.Statement;
  private readonly lastPosition: Database.Statement;

  constructor(private readonly db: Database.Database) {
    this.ofStream = this.query('stream = ? AND revision >= ?', 'revision');
    this.last = this.prepare(`SELECT ${COLUMNS} FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1`);
    this.lastPosition = this.prepare('SELECT coalesce(max(position), 0) FROM events');
  }

  head(): number {
    return (this.lastPosition.get() as [number])[0];
  }

  lastOf(stream: string): Row | undefined {
    return this.last.get([stream]) as Row | undefined;
  }

  streamPage(stream: string, fromRevision: number, limit: number): Bounded {
    return this.bounded(this.ofStream, [stream, fromRevision], limit);
  }

  page({ after, upTo, types, limit }: Range): Page {
    const end = Math.min(upTo, after + WINDOW);
    const { rows, exhausted } = this.bounded(this.ofTypes(types), [after, end, ...(types ?? [])], limit);
    return { rows, position: exhausted ? end : (rows.at(-1)?.[0] ?? end) };
  }

  /** Sizes are known without reading the data, so a page of large events is cut before it is in memory. */
  private bounded(query: Query, parameters: readonly (string | number)[], limit: number): Bounded {
    let most = limit;
    for (;;) {
      const [found, bytes] = query.measure.get([...parameters, most]) as [number, number];
      if (found === 0) return { rows: [], exhausted: true };
      if (bytes <= PAGE_BYTES || found === 1) break;
      most = Math.ceil(found / 2);
    }
    const rows = query.select.all([...parameters, most]) as Row[];
    return { rows, exhausted: rows.length < most };
  }

  private ofTypes(types: readonly EventType[] | undefined): Query {
    const known = this.byTypeCount.get(types?.length);
    if (known) return known;
    const filter = types ? ` AND type IN (${types.map(() => '?').join()})` : '';
    const query = this.query(`position > ? AND position <= ?${filter}`, 'position');
    this.byTypeCount.set(types?.length, query);
    return query;
  }

  private query(where: string, order: string): Query {
    const from = `FROM events WHERE ${where} ORDER BY ${order} LIMIT ?`;
    return {
      measure: this.prepare(
        `SELECT count(*), sum(size) FROM (SELECT octet_length(data) + octet_length(metadata) AS size ${from})`,
      ),
      select: this.prepare(`SELECT ${COLUMNS} ${from}`),
    };
  }

  private prepare(sql: string): Database.Statement {
    return this.db.prepare(sql).raw();
  }
}

/** @throws UnreadableEventError */
export const toEvent = ([
  position,
  stream,
  revision,
  id,
  type,
  recordedAt,
  metadata,
  data,
]: Row): RecordedEvent =>
  parseEvent(
    { id, type, stream, revision: BigInt(revision), position: BigInt(position), recordedAt },
    data,
    metadata,
  );
