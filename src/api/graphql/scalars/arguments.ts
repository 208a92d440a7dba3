import { invalid } from '../../../domain/shared/domain-error.js';
import {
  isDate,
  parseDate,
  parseInstant,
  type Instant,
  type LocalDate,
} from '../../../domain/shared/instant.js';

type Path = readonly string[];

/** Positions are signed 64-bit in every log. */
const MAX_POSITION = 2n ** 63n - 1n;

/**
 * An `at`, `knownAt`, `from` or `to`. A date stays a date here: which instant its end is depends on the organization's zone.
 *
 * @throws DomainError INVALID_INPUT at `path`
 */
export const parseAt = (text: string, path: Path): Instant | LocalDate => {
  const written = text.trim();
  return isDate(written) ? parseDate(written, path) : parseInstant(written, path);
};

/** An instant, never a date alone: when something takes effect is not for a reader to guess. @throws DomainError INVALID_INPUT at `path` */
export const parseInstantArgument = (text: string, path: Path): Instant => {
  const written = text.trim();
  if (isDate(written))
    throw invalid(path, `"${written}" is a date; a time is needed too. Write it as ${written}T00:00:00Z.`);
  return parseInstant(written, path);
};

/** @throws DomainError INVALID_INPUT at `path` */
export const parsePosition = (text: string, path: Path): bigint => {
  const position = /^\d{1,20}$/.test(text) ? BigInt(text) : null;
  if (position === null || position > MAX_POSITION)
    throw invalid(path, 'This is not a position of the log. Pass one on as an earlier answer gave it.');
  return position;
};

/** For arguments that may be left out: absent and null are both "not given". */
export const optional =
  <T>(parse: (text: string, path: Path) => T) =>
  (text: string | null | undefined, path: Path): T | undefined =>
    text === null || text === undefined ? undefined : parse(text, path);
