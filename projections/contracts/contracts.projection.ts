import { identifierKey } from '../../src/domain/shared/identifier.js';
import { CONTRACTS, type ContractDocument } from '../../src/application/read-models/contracts.read-model.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import type { Projection } from '../runtime/projection.js';
import { VERSION_EVENTS, approvedVersion } from '../approved-version.js';

/** Which customer a contract belongs to. */
export const contractsProjection: Projection<ContractDocument> = {
  model: CONTRACTS,
  types: VERSION_EVENTS,
  keys: (event) => {
    const content = approvedVersion(event)?.content;
    if (!content || !('contractId' in content)) return [];
    return [documentKey(event.metadata.orgId, identifierKey(content.contractId))];
  },
  evolve: (document, event) => {
    const content = approvedVersion(event)?.content;
    if (document || !content || !('contractId' in content)) return document;
    const key = identifierKey(content.contractId);
    return {
      orgId: event.metadata.orgId,
      key,
      contractId: content.contractId,
      customerKey: identifierKey(content.customerId),
      reversedKey: [...key].reverse().join(''),
    };
  },
};
