import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { questionOf, subscriptionOf } from './question.js';

const question = (query: string, variables: Record<string, unknown> = {}, name?: string): string => {
  const document = parse(query);
  return questionOf(document, subscriptionOf(document, name)!, variables);
};

const FEED = 'subscription ($after: Position) { approvedChanges(after: $after) { position } }';

describe('what a subscription asks of every event', () => {
  it('does not depend on where it begins', () => {
    expect(question(FEED, { after: '1' })).toBe(question(FEED, { after: '2' }));
    expect(question('subscription { approvedChanges(after: "7") { position } }')).toBe(
      question('subscription { approvedChanges { position } }'),
    );
  });

  it('does not depend on how it is written', () => {
    expect(question('subscription{approvedChanges{position}}')).toBe(
      question('subscription {\n  approvedChanges {\n    position\n  }\n}'),
    );
  });

  it('depends on the fields, and on variables that are used further in', () => {
    expect(question('subscription { approvedChanges { change { id } } }')).not.toBe(
      question('subscription { approvedChanges { position } }'),
    );
    const some = `subscription ($whole: Boolean!, $after: Position) {
      approvedChanges(after: $after) { ...Entry }
    }
    fragment Entry on ApprovedChange { position change @include(if: $whole) { id } }`;
    expect(question(some, { whole: true, after: '1' })).not.toBe(
      question(some, { whole: false, after: '1' }),
    );
    expect(question(some, { whole: true, after: '1' })).toBe(question(some, { whole: true, after: '2' }));
  });

  it('depends on which operation of the document is meant', () => {
    const two = `subscription A { approvedChanges { position } } subscription B { approvedChanges { change { id } } }`;
    expect(question(two, {}, 'A')).not.toBe(question(two, {}, 'B'));
    expect(subscriptionOf(parse(two), undefined)).toBeNull();
    expect(subscriptionOf(parse(two), 'C')).toBeNull();
  });
});
