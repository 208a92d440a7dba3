import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';

const KEPT = 200;
/** The longest honest documents have a few hundred. */
const MAX_TOKENS = 5_000;

/** Parsed and validated documents: a thousand clients that connect again ask a thousand times the same. */
export class Documents {
  private readonly known = new LRUCache<string, DocumentNode>({ max: KEPT });

  constructor(private readonly schema: GraphQLSchema) {}

  /** The errors instead, when it is not one. */
  read(query: string): DocumentNode | readonly GraphQLError[] {
    const known = this.known.get(query);
    if (known) return known;
    try {
      const document = parse(query, { maxTokens: MAX_TOKENS });
      const errors = validate(this.schema, document, specifiedRules);
      if (errors.length > 0) return coded(errors, 'GRAPHQL_VALIDATION_FAILED');
      this.known.set(query, document);
      return document;
    } catch (error) {
      if (error instanceof GraphQLError) return coded([error], 'GRAPHQL_PARSE_FAILED');
      throw error;
    }
  }
}

/** As over HTTP: a value that is wrong in itself has said so with a code of its own. */
const coded = (errors: readonly GraphQLError[], code: string): readonly GraphQLError[] => {
  for (const { extensions } of errors) extensions['code'] ??= code;
  return errors;
};
