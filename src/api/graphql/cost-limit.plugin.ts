import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE } from '../../application/queries/page.js';

type Variables = Readonly<Record<string, unknown>>;

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
        const cost = operation ? costOf(operation, fragments, request.variables ?? {}) : 0;
        if (cost > MAX_COST)
          throw new GraphQLError(
            `This document asks for about ${cost} entries at once; the limit is ${MAX_COST}. Ask for smaller pages or in several requests.`,
            { extensions: { code: 'INVALID_INPUT', http: { status: 400 } } },
          );
        return Promise.resolve();
      },
    }),
};

/** Each fragment is counted once and remembered: spread in one another they would be walked without end. */
const costOf = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  given: Variables,
): number => {
  const variables = { ...defaultsOf(operation), ...given };
  const known = new Map<string, number>();
  const ofFragment = (name: string, isTop: boolean): number => {
    const place = `${isTop} ${name}`;
    const counted = known.get(place);
    if (counted !== undefined) return counted;
    const fragment = fragments.get(name);
    const cost = fragment ? ofSelections(fragment.selectionSet, isTop) : 0;
    known.set(place, cost);
    return cost;
  };
  const ofSelection = (selection: SelectionNode, isTop: boolean): number => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value, isTop);
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSelections(selection.selectionSet, isTop);
    const own = LISTS.has(selection.name.value) ? pageOf(selection, variables) : isTop ? PLAIN : 0;
    return own + (selection.selectionSet ? ofSelections(selection.selectionSet, false) : 0);
  };
  const ofSelections = ({ selections }: SelectionSetNode, isTop: boolean): number =>
    selections.reduce((cost, selection) => cost + ofSelection(selection, isTop), 0);
  return ofSelections(operation.selectionSet, true);
};

/** Whole numbers that variables are when they are not given. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );

/** Entries of a list: as asked, else as many as it gives of itself; a field of that name without entries is no list. */
const pageOf = (field: FieldNode, variables: Variables): number => {
  if (!field.selectionSet) return 0;
  const first = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  const asked =
    first?.kind === Kind.INT
      ? Number(first.value)
      : first?.kind === Kind.VARIABLE && variables[first.name.value];
  // A page of less than nothing is refused later; it must not pay for the others.
  return typeof asked === 'number' ? Math.max(0, asked) : DEFAULT_PAGE;
};
