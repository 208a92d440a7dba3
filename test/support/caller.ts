import { expect } from '@jest/globals';
import { documentOf, type OperationKind } from './graphql-documents.js';
import type { GraphqlAnswer, HttpClient, RestAnswer, Variables } from './http-client.js';
import type { Change, ChangePayload, LookupResult, UserError } from './answers.js';

/** Somebody who asks, with a token. Every operation is asked for all that it can answer. */
export class Caller {
  private readonly documents = new Map<string, string>();

  constructor(
    private readonly http: () => HttpClient,
    readonly subject: string,
    readonly token: string,
  ) {}

  /** The answer as it came, errors and all. */
  async ask(kind: OperationKind, name: string, variables: Variables = {}): Promise<GraphqlAnswer> {
    return this.http().gql(this.token, await this.document(kind, name), variables);
  }

  /** What the query answers; throws when it answers an error. */
  query<T>(name: string, variables: Variables = {}): Promise<T> {
    return this.asked<T>('query', name, variables);
  }

  /** What the mutation answers, `userErrors` included; throws on other errors. */
  mutate<T = ChangePayload>(name: string, variables: Variables): Promise<T> {
    return this.asked<T>('mutation', name, variables);
  }

  /** A mutation of a change, as `input`. */
  change(name: string, input: Variables): Promise<ChangePayload> {
    return this.mutate(name, { input });
  }

  /** As {@link change}, and it has to succeed. */
  async done(name: string, input: Variables): Promise<Change> {
    const { change, userErrors } = await this.change(name, input);
    expect(userErrors).toEqual([]);
    return change!;
  }

  /** The one reason why a mutation of a change is refused; it has to be. */
  async refused(name: string, input: Variables): Promise<UserError> {
    const { change, position, userErrors } = await this.change(name, input);
    expect({ change, position, refusals: userErrors.length }).toEqual({
      change: null,
      position: null,
      refusals: 1,
    });
    return userErrors[0]!;
  }

  approve({ id, revision }: Pick<Change, 'id' | 'revision'>, more: Variables = {}): Promise<Change> {
    return this.done('approveChange', { changeId: id, revision, ...more });
  }

  lookup(input: Variables): Promise<LookupResult> {
    return this.query('lookup', { input });
  }

  /** Code of the error that the whole operation ends with. */
  async failure(kind: OperationKind, name: string, variables: Variables = {}): Promise<string | undefined> {
    return (await this.ask(kind, name, variables)).errors[0]?.extensions.code;
  }

  rest<Body = Record<string, unknown>>(path: string, init: RequestInit = {}): Promise<RestAnswer<Body>> {
    return this.http().rest<Body>(this.token, path, init);
  }

  private async asked<T>(kind: OperationKind, name: string, variables: Variables): Promise<T> {
    const { data, errors } = await this.ask(kind, name, variables);
    if (errors.length > 0) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    return data![name] as T;
  }

  private async document(kind: OperationKind, name: string): Promise<string> {
    const known = this.documents.get(name);
    if (known !== undefined) return known;
    const document = documentOf(await this.http().schema(), kind, name);
    this.documents.set(name, document);
    return document;
  }
}
