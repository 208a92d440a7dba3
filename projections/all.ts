import { auditProjection } from './audit/audit.projection.js';
import { changesProjection } from './changes/changes.projection.js';
import { contractsProjection } from './contracts/contracts.projection.js';
import { currentMatrixProjection } from './current-matrix/current-matrix.projection.js';
import { customersProjection } from './customers/customers.projection.js';
import { exceptionsProjection } from './exceptions/exceptions.projection.js';
import { historyProjection } from './history/history.projection.js';
import { importsProjection } from './imports/imports.projection.js';
import type { AnyProjection } from './runtime/projection.js';
import { webhooksProjection } from './webhooks/webhooks.projection.js';

/** Every read model of the product. */
export const ALL_PROJECTIONS: readonly AnyProjection[] = [
  currentMatrixProjection,
  historyProjection,
  customersProjection,
  contractsProjection,
  exceptionsProjection,
  changesProjection,
  importsProjection,
  auditProjection,
  webhooksProjection,
];
