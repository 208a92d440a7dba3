import { positionText } from '../../../application/read-models/document-key.js';
import { DomainError } from '../../../domain/shared/domain-error.js';
import { toGraphQLError } from '../errors.js';
import { parsePosition } from './arguments.js';
import { textScalar } from './text-scalar.js';

const parse = (text: string): string => {
  try {
    return positionText(parsePosition(text, []));
  } catch (error) {
    throw error instanceof DomainError ? toGraphQLError(error) : error;
  }
};

/** Refused at once when wrong: no form asks people for a position, so no field could show the refusal. */
export const PositionScalar = textScalar({
  name: 'Position',
  description:
    'A place in the log of everything that happened. Opaque; of two positions, the one that sorts later as text came later.',
  example: '00000000000000000042',
  pattern: /^\d{20}$/,
  parse,
});
