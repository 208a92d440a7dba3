import type { BindingSla, LookupResult } from '../../application/queries/views.js';

/** By the part they were written from. */
const written = new WeakMap<object, Buffer>();

const kept = (part: object, write: () => string): Buffer => {
  let bytes = written.get(part);
  if (bytes === undefined) {
    bytes = Buffer.from(write());
    written.set(part, bytes);
  }
  return bytes;
};

let instants = { at: '', knownAt: '', bytes: Buffer.alloc(0) };

const instantsOf = ({ at, knownAt }: BindingSla): Buffer => {
  if (at !== instants.at || knownAt !== instants.knownAt)
    instants = { at, knownAt, bytes: Buffer.from(`"at":"${at}","knownAt":"${knownAt}",`) };
  return instants.bytes;
};

/**
 * The answer as JSON in UTF-8. Of an answer that is given again and again only the instants differ, and terms and
 * version are the same for all customers of a tier: such parts are written once, and an answer is put together from bytes.
 */
export const lookupJson = (answer: LookupResult): Buffer => {
  // What one contract overrides is shared with nobody, and the past is seldom asked for twice: not worth keeping.
  if (answer.type !== 'BindingSla' || answer.source === 'CONTRACT_OVERRIDE' || answer.at !== answer.knownAt)
    return Buffer.from(JSON.stringify(answer));
  const { terms, version, at, knownAt, ...own } = answer;
  return Buffer.concat([
    kept(own.explanation, () => `${JSON.stringify(own).slice(0, -1)},`),
    instantsOf(answer),
    kept(terms, () => `"terms":${JSON.stringify(terms)},`),
    kept(version, () => `"version":${JSON.stringify(version)}}`),
  ]);
};
