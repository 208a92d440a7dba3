import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { RESOLVERS } from '../../src/api/graphql/resolvers/all.js';

export const readContract = (): GraphQLSchema =>
  buildSchema(readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8'));

/** The schema that the product serves. */
export const buildContractSchema = async (): Promise<GraphQLSchema> => {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    return await app.get(GraphQLSchemaFactory).create([...RESOLVERS]);
  } finally {
    await app.close();
  }
};
