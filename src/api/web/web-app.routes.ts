import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem, sendProblem } from '../rest/problem.js';
import { WebFiles, type Encoding, type WebFile } from './web-files.js';

/** Paths of the API: a page there would hide a mistyped address from a program. */
const API = /^\/(v1|graphql|session|healthz|readyz|metrics)(\/|$)/;
const NOT_BUILT = 'The web app is not built. Start the product with npm start, or run npm run build.';

/**
 * Everything that no other route answers: the files of the web app, its page for every address that a person opens, and a
 * problem document for the rest.
 *
 * @param folder of the built app; may be missing, or come later
 */
export const webAppRoutes = (server: FastifyInstance, folder: string): void => {
  const files = new WebFiles(folder);

  server.get('/*', async (request, reply) => {
    const path = pathOf(request);
    const file = files.find(path === '/' ? '/index.html' : path);
    if (file) return sendFile(request, reply, await file);
    if (API.test(path) || !wantsPage(request)) return notFound(request, reply);
    const page = files.find('/index.html');
    return page
      ? sendFile(request, reply, await page)
      : sendProblem(reply, problem(503, 'UNAVAILABLE', NOT_BUILT));
  });

  server.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    // Answered before the body is looked at: its type is beside the point.
    onRequest: (request, reply) => void notFound(request, reply),
    handler: notFound,
  });
};

const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(reply, problem(404, 'NOT_FOUND', `There is nothing at ${request.method} ${pathOf(request)}.`));

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0]!;

const wantsPage = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') ?? false;

const sendFile = async (
  request: FastifyRequest,
  reply: FastifyReply,
  file: WebFile,
): Promise<FastifyReply> => {
  void reply
    .header('etag', file.etag)
    .header('cache-control', file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (file.encodings.length > 0) void reply.header('vary', 'accept-encoding');
  if (isKnown(request, file)) return reply.code(304).send();
  const encoding = encodingFor(request, file);
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return reply.type(file.type).send(await file.body(encoding));
};

/** RFC 9110, 13.1.2: any of a list will do, and a proxy that packs what it passes on makes it weak. */
const isKnown = ({ headers }: FastifyRequest, { etag }: WebFile): boolean =>
  (headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');

const encodingFor = ({ headers }: FastifyRequest, { encodings }: WebFile): Encoding => {
  const accepted = String(headers['accept-encoding'] ?? '').split(/\s*,\s*/);
  return encodings.find((encoding) => accepted.includes(encoding)) ?? 'identity';
};
