import Fastify from 'fastify';
import { report } from './report.js';

/** The least that Fastify can answer. */
const server = Fastify();
server.get('/', async () => ({ hello: 'world' }));
report(await server.listen({ port: 0, host: '127.0.0.1' }));
