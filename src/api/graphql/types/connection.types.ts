import type { Type } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import type * as page from '../../../application/queries/page.js';
import type * as views from '../../../application/queries/views.js';
import { AuditEntry } from './audit.types.js';
import { Change } from './change.types.js';
import { Customer } from './customer.types.js';
import { ImportRow } from './import.types.js';
import { SlaException } from './sla-exception.types.js';
import { Version } from './version.types.js';
import { DeadLetter } from './webhook.types.js';

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo implements page.PageInfo {
  @Field(() => Boolean)
  readonly hasNextPage!: boolean;

  @Field(() => Boolean)
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Pass it as `after` for the next page.' })
  readonly endCursor!: string | null;
}

/** The connection of a node type, as Relay has it; resolvers return the application's own `Connection`. */
const connectionOf = <Node extends object>(node: Type<Node>): Type<page.Connection<Node>> => {
  @ObjectType(`${node.name}Edge`)
  class NodeEdge implements page.Edge<Node> {
    @Field(() => String)
    readonly cursor!: string;

    @Field(() => node)
    readonly node!: Node;
  }

  @ObjectType(`${node.name}Connection`, { description: 'One page of a list.' })
  class NodeConnection implements page.Connection<Node> {
    @Field(() => [NodeEdge])
    readonly edges!: readonly page.Edge<Node>[];

    @Field(() => [node], { description: 'The same as the edges, less their cursors.' })
    readonly nodes!: readonly Node[];

    @Field(() => PageInfo)
    readonly pageInfo!: page.PageInfo;

    @Field(() => Int, { description: 'Length of the whole list under its filter.' })
    readonly totalCount!: number | Promise<number>;
  }
  return NodeConnection;
};

export const ChangeConnection = connectionOf<views.Change>(Change);
export const VersionConnection = connectionOf<views.Version>(Version);
export const SlaExceptionConnection = connectionOf<views.SlaException>(SlaException);
export const CustomerConnection = connectionOf<views.Customer>(Customer);
export const AuditEntryConnection = connectionOf<views.AuditEntry>(AuditEntry);
export const ImportRowConnection = connectionOf<views.ImportRow>(ImportRow);
export const DeadLetterConnection = connectionOf<views.DeadLetter>(DeadLetter);
