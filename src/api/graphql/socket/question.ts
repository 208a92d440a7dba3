import { Kind, print, visit, type OperationDefinitionNode } from 'graphql';
import type { DocumentNode } from 'graphql';

/**
 * What an operation asks of every event, as text: the same text, the same answer. Arguments of the field itself say
 * which events come, not how they look, so subscribers that resume at different places ask the same.
 */
export const questionOf = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): string => {
  const roots = new Set<unknown>(operation.selectionSet.selections);
  const used = new Set<string>();
  const asked = visit(document, {
    VariableDefinition: () => null,
    Field: (node) => (roots.has(node) ? { ...node, arguments: [] } : undefined),
  });
  visit(asked, { Variable: ({ name }) => void used.add(name.value) });
  const values = [...used].sort().map((name) => [name, variables[name]]);
  return JSON.stringify([operation.name?.value ?? null, values, print(asked)]);
};

export const subscriptionOf = (
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode | null => {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const named =
    operationName === undefined ? operations : operations.filter(({ name }) => name?.value === operationName);
  const [operation] = named;
  return named.length === 1 && operation ? operation : null;
};
