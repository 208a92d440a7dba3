import { InvalidArgumentError, type Command } from 'commander';
import { isDate, parseDate, parseInstant } from '../domain/shared/instant.js';

/** A command with what every command has. */
export const leaf = (parent: Command, usage: string, description: string): Command =>
  parent.command(usage).description(description).option('--json', 'print the result as JSON');

export const ORG: readonly [string, string] = [
  '--org <org>',
  'organization; left out: the only one there is',
];
export const AT: readonly [string, string] = [
  '--at <date>',
  'as in force then: 2026-03-03, or an instant such as 2026-03-03T09:00:00Z',
];
export const KNOWN_AT: readonly [string, string] = ['--known-at <date>', 'as recorded by then'];

export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;

/** `a, b` → `['a', 'b']` */
export const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** A date, which means the end of that day, or an instant. */
export const dated = (text: string): string => {
  try {
    return isDate(text) ? parseDate(text, []) : parseInstant(text, []);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
};
