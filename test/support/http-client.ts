import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface GraphqlAnswer<Data = Record<string, unknown>> {
  readonly status: number;
  /** The whole answer as it came. */
  readonly text: string;
  readonly data: Data | null | undefined;
  readonly errors: readonly GraphqlError[];
}

export interface RestAnswer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Undefined when the answer is not JSON. */
  readonly json: Body | undefined;
}

export type Variables = Readonly<Record<string, unknown>>;

export interface HttpClient {
  readonly url: string;
  gql<Data = Record<string, unknown>>(
    token: string | null,
    query: string,
    variables?: Variables,
  ): Promise<GraphqlAnswer<Data>>;
  rest<Body = Record<string, unknown>>(
    token: string | null,
    path: string,
    init?: RequestInit & { readonly duplex?: 'half' },
  ): Promise<RestAnswer<Body>>;
  /** The schema as the server tells it, asked once. */
  schema(): Promise<GraphQLSchema>;
}

export const httpClient = (url: string): HttpClient => {
  let schema: Promise<GraphQLSchema> | null = null;
  const authorized = (token: string | null): Record<string, string> =>
    token === null ? {} : { authorization: `Bearer ${token}` };
  const client: HttpClient = {
    url,
    gql: async <Data>(token: string | null, query: string, variables: Variables = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorized(token) },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const { data, errors = [] } = JSON.parse(text) as { data?: Data; errors?: GraphqlError[] };
      return { status: response.status, text, data, errors };
    },
    rest: async <Body>(token: string | null, path: string, init: RequestInit = {}) => {
      const headers = { ...authorized(token), ...(init.headers as Record<string, string> | undefined) };
      const response = await fetch(url + path, { ...init, headers });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      const json = isJson ? (JSON.parse(text) as Body) : undefined;
      return { status: response.status, text, headers: response.headers, json };
    },
    schema: () =>
      (schema ??= client
        .gql<IntrospectionQuery>(null, getIntrospectionQuery())
        .then(({ data }) => buildClientSchema(data!))),
  };
  return client;
};
