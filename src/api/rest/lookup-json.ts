import type { BindingSla, LookupResult } from '../../application/queries/views.js';
import type { Instant } from '../../domain/shared/instant.js';

/** The answer as JSON, in ASCII. */
export const lookupJson = (answer: LookupResult): string =>
  // What one contract overrides is shared with nobody, and the past is seldom asked for twice: not worth keeping.
  answer.type === 'BindingSla' && answer.source !== 'CONTRACT_OVERRIDE' && answer.at === answer.knownAt
    ? keptJson(answer, answer.at)
    : asciiJson(answer);

/**
 * An answer about the present that is given again, as of `now`. Only the instants differ, and terms and version are the same
 * for all customers of a tier: these parts are written once.
 */
export const keptJson = (answer: BindingSla, now: Instant): string =>
  `${ownJson(answer)},"at":"${now}","knownAt":"${now}","terms":${jsonOf(answer.terms)},"version":${jsonOf(answer.version)}}`;

/** By the part they were written from. */
const written = new WeakMap<object, string>();

const jsonOf = (part: object): string => {
  let text = written.get(part);
  if (text === undefined) {
    text = asciiJson(part);
    written.set(part, text);
  }
  return text;
};

/** The explanation is made with an answer and stands for all that is its own. */
const ownJson = (answer: BindingSla): string => {
  let text = written.get(answer.explanation);
  if (text === undefined) {
    const { terms: _terms, version: _version, at: _at, knownAt: _knownAt, ...own } = answer;
    text = asciiJson(own).slice(0, -1);
    written.set(answer.explanation, text);
  }
  return text;
};

const BEYOND_ASCII = /[\u0080-\uffff]/g;

// One byte a character goes out as it is; anything else would be encoded again for every answer.
const asciiJson = (value: object): string =>
  JSON.stringify(value).replace(
    BEYOND_ASCII,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
