import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

export interface Asking {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Record<string, string>;
  readonly payload?: unknown;
}
interface Answer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  readonly body: string;
  readonly json: Record<string, unknown>;
}

/** Not `fetch`: that sets or forbids the very headers that are tried out here. */
export const request = (
  server: FastifyInstance,
  path: string,
  { method = 'GET', headers = {}, payload }: Asking,
) =>
  new Promise<Answer>((resolve, reject) => {
    const { port } = server.server.address() as AddressInfo;
    const text = payload === undefined || typeof payload === 'string' ? payload : JSON.stringify(payload);
    const type = text === undefined ? {} : { 'content-type': 'application/json' };
    const options = { host: '127.0.0.1', port, path, method, headers: { ...type, ...headers } };
    const asked = httpRequest(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const raw = Buffer.concat(chunks);
        const body = raw.toString();
        const isJson = /json/.test(answer.headers['content-type'] ?? '');
        const json = isJson ? (JSON.parse(body) as Record<string, unknown>) : {};
        resolve({ statusCode: answer.statusCode ?? 0, headers: answer.headers, raw, body, json });
      });
    });
    asked.on('error', reject).end(text);
  });
