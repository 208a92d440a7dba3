import type { LookupResult } from '../../application/queries/views.js';

const texts = new WeakMap<object, string>();

/** Of a part that all customers of a tier share: written once, where it is most of every answer. */
const textOf = (shared: object): string => {
  let text = texts.get(shared);
  if (text === undefined) {
    text = JSON.stringify(shared);
    texts.set(shared, text);
  }
  return text;
};

/** The answer as JSON. */
export const lookupText = (answer: LookupResult): string => {
  // What one contract overrides is shared with nobody, and not worth keeping.
  if (answer.type !== 'BindingSla' || answer.source === 'CONTRACT_OVERRIDE') return JSON.stringify(answer);
  const { terms, version, ...own } = answer;
  return `${JSON.stringify(own).slice(0, -1)},"terms":${textOf(terms)},"version":${textOf(version)}}`;
};
