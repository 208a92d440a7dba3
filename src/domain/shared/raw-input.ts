import { invalid } from './domain-error.js';
import { hasUnsafeCharacters, identifierKey, parseIdentifier, parseText } from './identifier.js';
import { parseDate, parseInstant, parseTimeZone, type LocalDate } from './instant.js';
import { nearest } from './nearest.js';

/** Where a value lies in the input, outermost field first. */
export type Path = readonly string[];

/** Turns one untrusted value into what it should be. @throws DomainError INVALID_INPUT at `path` */
export type Parse<T> = (raw: unknown, path: Path) => T;

/** The known fields of an untrusted object. */
export interface Fields<Name extends string> {
  required<T>(name: Name, parse: Parse<T>): T;
  /** Absent, null and blank text are all "not given". */
  optional<T>(name: Name, parse: Parse<T>): T | undefined;
}

/** @throws DomainError INVALID_INPUT for what is no object, and for a field that is not in `names` */
export const fieldsOf = <Name extends string>(
  raw: unknown,
  path: Path,
  names: readonly Name[],
): Fields<Name> => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw invalid(path, `An object with ${listed(names)} is needed here, not ${kindOf(raw)}.`);
  const unknown = Object.keys(raw).find((key) => !names.includes(key as Name));
  if (unknown !== undefined) throw unknownField(unknown, path, names);
  const values = new Map<string, unknown>(Object.entries(raw));
  return {
    required: (name, parse) => {
      const value = values.get(name);
      if (isAbsent(value)) throw invalid([...path, name], `${name} is needed.`);
      return parse(value, [...path, name]);
    },
    optional: (name, parse) => {
      const value = values.get(name);
      return isAbsent(value) || isBlank(value) ? undefined : parse(value, [...path, name]);
    },
  };
};

const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

const unknownField = (name: string, path: Path, names: readonly string[]): Error => {
  const meant = nearest(name, names);
  const hint = meant === undefined ? `Known here: ${listed(names)}.` : `Did you mean ${meant}?`;
  return invalid([...path, shorten(name)], `There is no field ${quoted(name)}. ${hint}`);
};

const string = (raw: unknown, path: Path): string => {
  if (typeof raw !== 'string') throw invalid(path, `A text is needed here, not ${kindOf(raw)}.`);
  return raw;
};

export const identifier: Parse<string> = (raw, path) => parseIdentifier(string(raw, path), path);
export const instant: Parse<string> = (raw, path) => parseInstant(string(raw, path).trim(), path);

/** Free text without the space around it. @param limit in UTF-16 code units */
export const text =
  (limit: number): Parse<string> =>
  (raw, path) => {
    const trimmed = parseText(string(raw, path), path, limit).trim();
    if (trimmed === '') throw invalid(path, 'A text is needed here; it is empty.');
    return trimmed;
  };

/** A text without line breaks. @param limit in UTF-16 code units */
export const line =
  (limit: number): Parse<string> =>
  (raw, path) => {
    const trimmed = text(limit)(raw, path);
    if (hasUnsafeCharacters(trimmed))
      throw invalid(path, 'This text has to stay on one line. Remove its line breaks and tabs.');
    return trimmed;
  };

/** Later years have no sortable instant for the day's end, and earlier ones are slips of the pen. */
const FIRST_DATE = '1900-01-01';
const LAST_DATE = '9998-12-31';

export const date: Parse<LocalDate> = (raw, path) => {
  const parsed = parseDate(string(raw, path).trim(), path);
  if (parsed < FIRST_DATE || parsed > LAST_DATE)
    throw invalid(
      path,
      `${parsed} lies outside ${FIRST_DATE} to ${LAST_DATE}. Leave the field empty where there is no such date.`,
    );
  return parsed;
};

export const timeZone: Parse<string> = (raw, path) => {
  const name = string(raw, path).trim();
  // An offset knows no daylight saving, and a bracketed date is what Temporal accepts besides names.
  if (!/^[A-Za-z][\w+/-]*$/.test(name))
    throw invalid(
      path,
      `${quoted(name)} is not the name of a time zone. Use an IANA name such as Europe/Berlin.`,
    );
  return parseTimeZone(name, path);
};

export const flag: Parse<boolean> = (raw, path) => {
  if (typeof raw !== 'boolean') throw invalid(path, `true or false is needed here, not ${kindOf(raw)}.`);
  return raw;
};

/** @param min @param max both inclusive */
export const number =
  (min: number, max: number): Parse<number> =>
  (raw, path) => {
    if (typeof raw !== 'number' || !Number.isFinite(raw))
      throw invalid(path, `A number from ${min} to ${max} is needed here, not ${kindOf(raw)}.`);
    if (raw < min || raw > max) throw invalid(path, `${raw} is not within ${min} to ${max}.`);
    return raw;
  };

/** @param min @param max both inclusive */
export const integer =
  (min: number, max: number): Parse<number> =>
  (raw, path) => {
    const parsed = number(min, max)(raw, path);
    if (!Number.isInteger(parsed)) throw invalid(path, `${parsed} is not a whole number.`);
    return parsed;
  };

export const oneOf =
  <T extends string>(values: readonly T[]): Parse<T> =>
  (raw, path) => {
    const found = values.find((value) => value === raw);
    if (found === undefined)
      throw invalid(path, `One of ${listed(values)} is needed here, not ${kindOf(raw)}.`);
    return found;
  };

/** @param max most elements; looked at before any of them is */
export const list =
  <T>(parse: Parse<T>, max: number): Parse<readonly T[]> =>
  (raw, path) => {
    if (!Array.isArray(raw)) throw invalid(path, `A list is needed here, not ${kindOf(raw)}.`);
    if (raw.length > max) throw invalid(path, `This list has ${raw.length} entries; the limit is ${max}.`);
    return raw.map((element: unknown, index) => parse(element, [...path, String(index)]));
  };

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object less what is undefined: content that says the same is written the same. */
export const compact = <T extends object>(object: T): Defined<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;

export const quoted = (value: string): string => JSON.stringify(shorten(value));

const shorten = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const kindOf = (raw: unknown): string => {
  if (raw === null || raw === undefined) return 'nothing';
  if (Array.isArray(raw)) return 'a list';
  if (typeof raw === 'string') return quoted(raw);
  if (typeof raw === 'object') return 'an object';
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  return `a value of type ${typeof raw}`;
};

/** Things that others refer to by their identifier. */
export interface Known {
  has(id: string): boolean;
  /** In the spelling they are known by. */
  keys(): readonly string[];
}

/** An identifier of something known, answered in the spelling it is known by. @param what e.g. `tier` */
export const reference =
  (what: string, known: Known): Parse<string> =>
  (raw, path) => {
    const id = identifier(raw, path);
    const key = identifierKey(id);
    if (known.has(id)) return known.keys().find((other) => identifierKey(other) === key) ?? id;
    throw invalid(path, `There is no ${what} ${quoted(id)}. ${suggestion(id, known.keys())}`);
  };

const MAX_SHOWN = 20;

const suggestion = (id: string, keys: readonly string[]): string => {
  if (keys.length === 0) return 'None is known yet.';
  const meant = nearest(id, keys);
  const more = keys.length > MAX_SHOWN ? ', …' : '';
  return `${meant === undefined ? '' : `Did you mean ${meant}? `}Known: ${keys.slice(0, MAX_SHOWN).join(', ')}${more}.`;
};
