import type {
  BindingSla,
  Change as ChangeView,
  Customer,
  Import as ImportView,
  ImportRow,
  LookupResult as LookupResultView,
  Matrix,
  MatrixDiff,
  SlaException,
  TurningPoint,
  UnknownCustomer,
  UserError,
  Version,
} from '../../src/application/queries/views.js';

export type {
  BindingSla,
  Customer,
  ImportRow,
  Matrix,
  MatrixDiff,
  SlaException,
  TurningPoint,
  UnknownCustomer,
  UserError,
  Version,
};

/** `content` is JSON to whoever asks. */
export type Change = Omit<ChangeView, 'content'> & { readonly content: Readonly<Record<string, unknown>> };

type Named<T> = T extends { readonly type: infer Name } ? T & { readonly __typename: Name } : never;
export type LookupResult = Named<LookupResultView>;

export interface ChangePayload {
  readonly change: Change | null;
  readonly position: string | null;
  readonly userErrors: readonly UserError[];
}

export interface SlaExceptionPayload {
  readonly exception: SlaException | null;
  readonly position: string | null;
  readonly userErrors: readonly UserError[];
}

export type Import = Omit<ImportView, 'change'> & {
  readonly change: Change;
  readonly rows: Connection<ImportRow>;
};

export interface ImportPayload {
  readonly import: Import | null;
  readonly position: string | null;
  readonly userErrors: readonly UserError[];
}

export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}
