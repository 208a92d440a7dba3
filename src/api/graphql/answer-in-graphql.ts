import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from '../rest/problem.js';

/** What is refused before it is a GraphQL request, such as a body that is no JSON, in the shape that its clients read. */
export const answerInGraphql = (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
  const known = problemOf(error);
  if (!known) throw error;
  const { status, detail: message, code } = known;
  void reply.code(status).send({ errors: [{ message, extensions: { code } }] });
};
