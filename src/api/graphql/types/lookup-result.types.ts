import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import { BindingSla } from './binding-sla.types.js';
import { SlaException } from './sla-exception.types.js';

@ObjectType({ description: 'Nobody in your organization has this ID.' })
export class UnknownCustomer implements views.UnknownCustomer {
  readonly type!: 'UnknownCustomer';

  @Field(() => ID, { description: 'The ID asked for.' })
  readonly id!: string;

  @Field(() => [ID], { description: 'Known IDs that are close to it.' })
  readonly nearest!: readonly string[];
}

export const LookupResult = createUnionType({
  name: 'LookupResult',
  description: 'What was promised; or why that cannot be said; or that nobody is known by this ID.',
  types: () => [BindingSla, SlaException, UnknownCustomer] as const,
  resolveType: ({ type }: views.LookupResult) => type,
});
