import {
  createSourceEventStream,
  execute,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ExecutionArgs,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { RequestContext } from '../request-context.js';
import { Documents } from './documents.js';
import { questionOf, subscriptionOf } from './question.js';
import { SharedResults } from './shared-results.js';

/** A subscription that goes on: one result after another, as JSON. */
export interface Following {
  readonly field: string;
  readonly results: AsyncIterable<Buffer>;
}

export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
  correlationId: string,
) => GraphQLFormattedError;

/** Subscriptions on the schema; everything else is for HTTP, where its limits are. */
export class Operations {
  private readonly documents: Documents;
  private readonly shared = new SharedResults();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly formatError: FormatError,
  ) {
    this.documents = new Documents(schema);
  }

  /** The errors instead, when there is nothing to follow. The results may end with an error of their own. */
  async subscribe(
    payload: SubscribePayload,
    context: RequestContext,
  ): Promise<Following | readonly GraphQLFormattedError[]> {
    const refused = (errors: readonly unknown[]) => this.formatted(errors, context.correlationId);
    const document = this.documents.read(payload.query);
    if (!('kind' in document)) return refused(document);
    const operation = subscriptionOf(document, payload.operationName ?? undefined);
    if (!operation) return refused([badRequest('Name one operation of the document.')]);
    const [selection] = operation.selectionSet.selections;
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION || selection?.kind !== Kind.FIELD)
      return refused([
        badRequest('Send queries and mutations to POST /graphql; sockets are for subscriptions.'),
      ]);
    const variables = payload.variables ?? {};
    const args: ExecutionArgs = {
      schema: this.schema,
      document,
      contextValue: context,
      variableValues: variables,
      operationName: payload.operationName ?? null,
    };
    const source = await sourceOf(args);
    if (!(Symbol.asyncIterator in source)) return refused(source);
    const question = questionOf(document, operation, variables);
    return { field: selection.name.value, results: this.results(source, question, args, context) };
  }

  formatted(errors: readonly unknown[], correlationId: string): readonly GraphQLFormattedError[] {
    return errors.map((error) => {
      const graphql = error instanceof GraphQLError ? error : wrapped(error);
      return this.formatError(graphql.toJSON(), graphql, correlationId);
    });
  }

  private async *results(
    source: AsyncIterable<unknown>,
    question: string,
    args: ExecutionArgs,
    { correlationId }: RequestContext,
  ): AsyncGenerator<Buffer, void, void> {
    for await (const event of source)
      yield await this.shared.of(event as object, question, async () => {
        const { data, errors } = await execute({ ...args, rootValue: event });
        return errors ? { errors: this.formatted(errors, correlationId), data } : { data };
      });
  }
}

/** Errors that have a `path` of their own are taken by graphql for its own and thrown on, so both ways are looked at. */
const sourceOf = async (args: ExecutionArgs): Promise<AsyncIterable<unknown> | readonly unknown[]> => {
  try {
    const source = await createSourceEventStream(args);
    return Symbol.asyncIterator in source ? source : (source.errors ?? []);
  } catch (error) {
    return [error];
  }
};

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });

const wrapped = (error: unknown): GraphQLError =>
  new GraphQLError(error instanceof Error ? error.message : String(error), {
    ...(error instanceof Error && { originalError: error }),
  });
