import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema.js';

/** Documents typed by the schema of the product: a field that does not exist does not compile. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: {
    DateTime: string;
    Date: string;
    Position: string;
    SlaDuration: string;
    JSON: unknown;
    ID: string;
  };
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
