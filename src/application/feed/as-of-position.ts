import { Timeline } from '../../domain/shared/timeline.js';
import type { CustomerDocument } from '../read-models/customers.read-model.js';
import type { OrganizationMatrix } from '../queries/matrix-reader.js';

interface Placed {
  readonly position: string;
}

const upTo = <M extends Placed>(marks: readonly M[], position: string): readonly M[] =>
  marks.every((mark) => mark.position <= position)
    ? marks
    : marks.filter((mark) => mark.position <= position);

/** The customer as the log had them at a position; null: it did not know them. @param position fixed-width text */
export const customerAsOf = (customer: CustomerDocument, position: string): CustomerDocument | null => {
  const mappings = upTo(customer.mappings, position);
  const waivers = upTo(customer.waivers, position);
  const contracts = customer.contracts
    .map((contract) => ({ ...contract, versions: upTo(contract.versions, position) }))
    .filter(({ versions }) => versions.length > 0);
  const known = mappings.length + waivers.length + contracts.length > 0;
  return known ? { ...customer, mappings, waivers, contracts } : null;
};

/** The matrix with its tiers as the log had them at a position. @param position fixed-width text */
export const matrixAsOf = (matrix: OrganizationMatrix, position: string): OrganizationMatrix => {
  const tiers = [...matrix.tiers].flatMap(([key, { document }]) => {
    const versions = upTo(document.versions, position);
    const subject = { document: { ...document, versions }, timeline: new Timeline(versions) };
    return versions.length > 0 ? [[key, subject] as const] : [];
  });
  return { ...matrix, tiers: new Map(tiers) };
};
