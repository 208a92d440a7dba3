import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { report } from './report.js';

/** The least that tells many the same: one text, sent to every socket that is open. */
const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => (text += part));
  request.on('end', () => {
    for (let i = 0; i < Number(searchParams.get('count')); i++)
      for (const client of sockets.clients) client.send(text);
    response.end('{}');
  });
});
const sockets = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false });
server.listen(0, '127.0.0.1', () => report(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
