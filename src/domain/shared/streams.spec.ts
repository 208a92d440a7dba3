import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierKey } from './identifier.js';
import { commandStream, organizationStream, streamOf } from './streams.js';

describe('names of streams', () => {
  it('name kind, organization and subject', () => {
    expect(streamOf('acme', { kind: 'TIER', id: ' Gold ' })).toBe('tier-acme.gold');
    expect(streamOf('acme', { kind: 'CUSTOMER', id: 'C/1 ü' })).toBe('customer-acme.c%2F1%20%C3%BC');
    expect(streamOf('acme', { kind: 'APPROVAL_POLICY', id: 'policy' })).toBe('policy-acme');
    expect(organizationStream('acme')).toBe('org-acme');
    expect(commandStream('acme', 'ab12')).toBe('command-acme.ab12');
  });

  it('are the same for one identifier and differ for two', () => {
    const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(id, id, (a, b) => {
        const same =
          streamOf('o', { kind: 'CONTRACT', id: a }) === streamOf('o', { kind: 'CONTRACT', id: b });
        expect(same).toBe(identifierKey(a) === identifierKey(b));
      }),
    );
  });

  it('never leave their organization', () => {
    const orgId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
    fc.assert(
      fc.property(orgId, orgId, fc.string({ unit: 'binary' }), (a, b, id) => {
        const belongsToB = streamOf(a, { kind: 'TIER', id }).startsWith(`tier-${b}.`);
        expect(belongsToB).toBe(a === b);
      }),
    );
  });
});
