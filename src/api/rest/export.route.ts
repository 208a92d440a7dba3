import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { csvOf, EXPORTS, type Exporter } from '../../application/export/exporter.js';
import type { Authenticator } from '../../application/ports/authenticator.js';
import type { FreshReads } from '../../application/queries/fresh-reads.js';
import { authorize } from '../../application/principal.js';
import { optional, parseAt, parsePosition } from '../graphql/scalars/arguments.js';
import { checkedQuery } from './query.js';

export interface ExportRouteParts {
  readonly authenticator: Authenticator;
  readonly exporter: Exporter;
  readonly fresh: FreshReads;
  /** Told of what went wrong when half of the file was sent: the caller then sees the connection break. */
  readonly onBroken: (error: unknown, correlationId: string) => void;
}

const NAMES = ['at', 'knownAt', 'atLeast'] as const;
const at = optional(parseAt);
const position = optional(parsePosition);

/** `GET /v1/export/….csv`: of any size, written as fast as the caller reads. */
export const exportRoute = (server: FastifyInstance, parts: ExportRouteParts): void => {
  const { authenticator, exporter, fresh, onBroken } = parts;
  for (const name of EXPORTS)
    server.get(`/v1/export/${name}.csv`, async (request, reply) => {
      const principal = await authenticator.authenticate(request.headers.authorization);
      authorize(principal, name === 'audit' ? 'audit' : 'read');
      const asked = checkedQuery(request.query, NAMES);
      const axes = { at: at(asked.at, ['at']), knownAt: at(asked.knownAt, ['knownAt']) };
      await fresh.atLeast(position(asked.atLeast, ['atLeast']));
      const broken = (error: unknown): void => onBroken(error, request.id);
      const pieces = csvOf(await exporter.open(principal.orgId, name, axes));
      // Read before the status is sent, so that a store that is away is a problem document and not a broken file.
      const first = await pieces.next();
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}.csv"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(resumed(first, pieces, broken), { objectMode: false }));
    });
};

async function* resumed(
  first: IteratorResult<string, unknown>,
  rest: AsyncGenerator<string>,
  onBroken: (error: unknown) => void,
): AsyncGenerator<string> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } catch (error) {
    onBroken(error);
    throw error;
  } finally {
    await rest.return(undefined);
  }
}
