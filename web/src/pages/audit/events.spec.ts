import { expect, it } from '@jest/globals';
import { auditProjection } from '../../../../projections/audit/audit.projection.js';
import { EVENTS, eventInWords } from './events.js';

it('offers every event that the audit log shows, and no other', () =>
  expect([...EVENTS].sort()).toEqual([...auditProjection.types].sort()));

it('names an event in words', () => expect(eventInWords('ImportRowApplied')).toBe('Import row applied'));
