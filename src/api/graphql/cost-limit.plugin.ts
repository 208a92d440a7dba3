import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE } from '../../application/queries/page.js';

/** Most entries of lists that one operation may ask for, and what a question that is no list counts as. */
const MAX_COST = 2_000;
const PLAIN = 5;
/** Fields that answer a page, whose size is `first`. */
const LISTS = new Set(['changes', 'customers', 'exceptions', 'history', 'auditLog', 'rows']);

/**
 * Bounds what one document can ask for before any of it is answered: with aliases a few thousand tokens could otherwise
 * ask for every list of an organization hundreds of times.
 */
export const costLimitPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, document, request }) => {
        const fragments = new Map<string, FragmentDefinitionNode>();
        for (const definition of document.definitions)
          if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
        const cost = costOf(operation, fragments, request.variables ?? {});
        if (cost > MAX_COST)
          throw new GraphQLError(
            `This document asks for about ${cost} entries at once; the limit is ${MAX_COST}. Ask for smaller pages or in several requests.`,
            { extensions: { code: 'INVALID_INPUT', http: { status: 400 } } },
          );
        return Promise.resolve();
      },
    }),
};

const costOf = (
  operation: OperationDefinitionNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): number => {
  const ofSelections = ({ selections }: SelectionSetNode, depth: number): number => {
    let cost = 0;
    for (const selection of selections) {
      if (cost > MAX_COST) return cost;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) cost += ofSelections(fragment.selectionSet, depth);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) cost += ofSelections(selection.selectionSet, depth);
      else {
        cost += LISTS.has(selection.name.value) ? pageOf(selection, variables) : depth === 0 ? PLAIN : 0;
        if (selection.selectionSet) cost += ofSelections(selection.selectionSet, depth + 1);
      }
    }
    return cost;
  };
  return operation ? ofSelections(operation.selectionSet, 0) : 0;
};

/** Entries of a list: as asked, else as many as it gives of itself; a field of that name without entries is no list. */
const pageOf = (field: FieldNode, variables: Readonly<Record<string, unknown>>): number => {
  if (!field.selectionSet) return 0;
  const first = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (first?.kind === Kind.INT) return Number(first.value);
  const given = first?.kind === Kind.VARIABLE ? variables[first.name.value] : undefined;
  return typeof given === 'number' ? given : DEFAULT_PAGE;
};
