import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { graphql, type GraphQLSchema } from 'graphql';
import { connection } from '../../src/application/queries/page.js';
import type * as views from '../../src/application/queries/views.js';
import { buildContractSchema } from './contract-schema.js';

const unknown: views.UnknownCustomer = { type: 'UnknownCustomer', id: 'C-9', nearest: ['C-1'] };
const exception: views.SlaException = {
  type: 'SlaException',
  id: 'UNMAPPED~2026-03-01T00:00:00.000Z~c-1',
  previousId: null,
  kind: 'UNMAPPED',
  status: 'OPEN',
  customerId: 'C-1',
  contractId: 'K-1',
  mappedTier: null,
  contractTier: 'gold',
  candidates: [],
  since: '2026-03-01T00:00:00.000Z',
  until: null,
  acknowledgedBy: null,
  note: null,
  owner: null,
  dueOn: null,
  resolution: 'Map the customer.',
  explanation: [],
};

describe("the application's plain objects", () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildContractSchema();
  });
  const run = async (source: string, rootValue: object, variableValues?: Record<string, unknown>) => {
    const result = await graphql({ schema, source, rootValue, variableValues });
    return JSON.parse(JSON.stringify(result)) as { data?: unknown; errors?: unknown[] };
  };

  it('are told apart by their `type`', async () => {
    const source = `{ lookupMany(inputs: []) {
      __typename
      ... on UnknownCustomer { id nearest }
      ... on SlaException { kind since until }
    } }`;
    expect(await run(source, { lookupMany: [unknown, exception] })).toEqual({
      data: {
        lookupMany: [
          { __typename: 'UnknownCustomer', id: 'C-9', nearest: ['C-1'] },
          { __typename: 'SlaException', kind: 'UNMAPPED', since: '2026-03-01T00:00:00.000Z', until: null },
        ],
      },
    });
  });

  it('make pages, which are counted when the count is asked for', async () => {
    const totalCount = jest.fn(() => Promise.resolve(12));
    const exceptions = connection({
      scope: { orgId: 'demo', list: 'exceptions' },
      nodes: [exception],
      places: [{ values: ['UNMAPPED'], key: 'demo/c-1' }],
      hasNext: true,
      hasPrevious: false,
      totalCount,
    });
    const page = 'nodes { id } edges { cursor node { id } } pageInfo { hasNextPage startCursor endCursor }';
    const { data } = await run(`{ exceptions { ${page} } }`, { exceptions });
    expect(data).toMatchObject({
      exceptions: { nodes: [{ id: exception.id }], edges: [{ node: { id: exception.id } }] },
    });
    expect(totalCount).not.toHaveBeenCalled();
    expect(await run('{ exceptions { totalCount } }', { exceptions })).toEqual({
      data: { exceptions: { totalCount: 12 } },
    });
  });

  it('are asked for a page of 50 unless the caller says otherwise', async () => {
    const customers = jest.fn((_args: unknown) => null);
    await run('{ customers { totalCount } }', { customers });
    await run('{ customers(first: 7, atLeast: "42") { totalCount } }', { customers });
    expect(customers.mock.calls.map(([args]) => args)).toMatchObject([
      { first: 50 },
      { first: 7, atLeast: '00000000000000000042' },
    ]);
  });

  it('get the texts of a mutation as they were written, right or wrong', async () => {
    const proposeTierTerms = jest.fn((_args: unknown) => ({ userErrors: [] }));
    const input = {
      key: 'gold',
      name: 'Gold',
      rank: 3,
      effectiveFrom: 'tomorrow',
      terms: {
        commitments: [{ priority: 'P0', firstResponse: 'N/A', resolution: 'soon', coverage: '24x7' }],
      },
    };
    const source =
      'mutation ($input: ProposeTierTermsInput!) { proposeTierTerms(input: $input) { userErrors { code } } }';
    expect(await run(source, { proposeTierTerms }, { input })).toEqual({
      data: { proposeTierTerms: { userErrors: [] } },
    });
    expect(proposeTierTerms.mock.calls[0]?.[0]).toEqual({
      input: { ...input, terms: { ...input.terms, channels: [], features: [] } },
    });
  });

  it('are not asked for at all when a position is none', async () => {
    const source = 'query ($atLeast: Position) { matrix(atLeast: $atLeast) { position } }';
    expect(await run(source, {}, { atLeast: 'soon' })).toMatchObject({
      errors: [{ message: expect.stringContaining('not a position'), extensions: { code: 'INVALID_INPUT' } }],
    });
  });
});
