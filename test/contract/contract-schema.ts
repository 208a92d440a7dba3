import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { CONTRACT_RESOLVERS } from './contract-resolvers.js';

export const readContract = (): GraphQLSchema =>
  buildSchema(readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8'));

/** The schema that the GraphQL types make, under resolvers that only lend their signatures. */
export const buildContractSchema = async (): Promise<GraphQLSchema> => {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    return await app.get(GraphQLSchemaFactory).create(CONTRACT_RESOLVERS);
  } finally {
    await app.close();
  }
};
