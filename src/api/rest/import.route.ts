import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ImportIntake } from '../../application/import/import-intake.js';
import type { Authenticator } from '../../application/ports/authenticator.js';
import { positionText } from '../../application/read-models/document-key.js';
import { invalid } from '../../domain/shared/domain-error.js';
import { checkedQuery } from './query.js';

export interface ImportRouteParts {
  readonly authenticator: Authenticator;
  readonly intake: ImportIntake;
}

const NAMES = ['columns', 'dateOrder'] as const;

/** `POST /v1/import/reference`: a sheet of any size, streamed; the answer names the import, whose rows are analysed behind it. */
export const importRoute = (server: FastifyInstance, { authenticator, intake }: ImportRouteParts): void => {
  // The sheet is read as it comes; nothing collects the body first, or looks at its type before the caller is known.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  server.post<{ Body: Readable | undefined }>(
    '/v1/import/reference',
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    async (request, reply) => {
      const principal = await authenticator.authenticate(request.headers.authorization);
      const { columns, dateOrder } = checkedQuery(request.query, NAMES);
      const key = request.headers['idempotency-key'];
      const { importId, changeId, position } = await intake.start({
        context: { principal, via: 'rest', correlationId: request.id },
        bytes: sheetOf(request),
        source: 'upload',
        ...(columns !== undefined && { columns: parsedColumns(columns) }),
        ...(dateOrder !== undefined && { dateOrder }),
        ...(typeof key === 'string' && { idempotencyKey: key }),
      });
      return reply.code(202).send({ id: importId, changeId, position: positionText(position) });
    },
  );
};

/** Looked at only once the caller is known to be one who may import. */
async function* sheetOf({ headers, body }: FastifyRequest<{ Body: Readable | undefined }>) {
  if (!/^text\/csv\s*(?:;|$)/i.test(headers['content-type'] ?? '') || !body)
    throw invalid(['csv'], 'Send the sheet as the body, with Content-Type: text/csv.');
  if (!/^(?:identity)?$/i.test(headers['content-encoding'] ?? ''))
    throw invalid(['csv'], 'Send the sheet as it is, without Content-Encoding.');
  yield* body as AsyncIterable<Uint8Array>;
}

const parsedColumns = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(['columns'], 'columns is JSON: {"heading": "field", …}.');
  }
};
