import type { Instant } from '../../src/domain/shared/instant.js';

/** What was the case in `effective` by what was known in `recorded`; both from an instant, up to another or for good. */
export interface BitemporalRow {
  readonly customer: string;
  readonly effective: readonly [from: Instant, to?: Instant];
  readonly recorded: readonly [from: Instant, to?: Instant];
  readonly answer: string;
}

/** One version; recorded when it took effect. */
export interface AnswerFrom {
  readonly from: Instant;
  readonly answer: string;
}

/**
 * The rows that a customer's versions leave, oldest first: each closes the record of the one before, which goes on as the
 * record of something that has ended.
 */
export const bitemporalRows = function* (
  customer: string,
  versions: readonly AnswerFrom[],
): Generator<BitemporalRow> {
  for (const [place, { from, answer }] of versions.entries()) {
    const next = versions[place + 1]?.from;
    yield { customer, effective: [from], recorded: next ? [from, next] : [from], answer };
    if (next) yield { customer, effective: [from, next], recorded: [next], answer };
  }
};

/** A script of `psql` that makes the table, fills and indexes it. */
export const bitemporalTable = function* (rows: Iterable<BitemporalRow>): Generator<string> {
  yield `create extension btree_gist;
create table version (
  customer text not null, effective tstzrange not null, recorded tstzrange not null, answer text not null
);
copy version from stdin;
`;
  for (const { customer, effective, recorded, answer } of rows)
    yield `${customer}\t${range(effective)}\t${range(recorded)}\t${answer.replaceAll('\\', '\\\\')}\n`;
  yield `\\.
create index on version using gist (customer, effective, recorded);
vacuum analyze version;
`;
};

const range = ([from, to = '']: readonly [Instant, Instant?]): string => `[${from},${to})`;
