import { ConfigError } from './config-error.js';

/** An unset variable and one that is set to nothing are the same. */
export const setting = (env: NodeJS.ProcessEnv, variable: string): string | undefined => {
  const value = env[variable]?.trim();
  return value === '' ? undefined : value;
};

/** Shows a wrong value, unless it may hold a password. */
const shown = (value: string): string => {
  if (/:\/\/|@/.test(value)) return 'not usable';
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
};

/** @throws ConfigError when the value is none of `choices` */
export const oneOf = <T extends string>(variable: string, value: string, choices: readonly T[]): T => {
  const choice = choices.find((known) => known === value.toLowerCase());
  if (choice === undefined)
    throw new ConfigError(variable, `is ${shown(value)}; use one of: ${choices.join(', ')}.`);
  return choice;
};

/** @throws ConfigError when an item of the comma-separated list is none of `choices` */
export const someOf = <T extends string>(variable: string, value: string, choices: readonly T[]): T[] => {
  const items = value.split(',').map((item) => item.trim());
  return [...new Set(items.filter((item) => item !== '').map((item) => oneOf(variable, item, choices)))];
};

/** @throws ConfigError for anything but 0 (any free port) to 65535 */
export const portNumber = (variable: string, value: string): number => {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65535)
    throw new ConfigError(variable, `is ${shown(value)}; give a port number from 0 to 65535.`);
  return port;
};

/** @throws ConfigError for anything but whole seconds up to an hour */
export const seconds = (variable: string, value: string): number => {
  const given = Number(value);
  if (!/^\d{1,4}$/.test(value) || given > 3_600)
    throw new ConfigError(variable, `is ${shown(value)}; give whole seconds from 0 to 3600.`);
  return given;
};

/** A host name or address to listen on. @throws ConfigError */
export const hostName = (variable: string, value: string): string => {
  if (!/^[A-Za-z0-9.:_-]{1,253}$/.test(value))
    throw new ConfigError(variable, `is ${shown(value)}; give a host name or an address such as 127.0.0.1.`);
  return value;
};

/** One address of a person or a mailbox, with a name or without. @throws ConfigError */
export const mailbox = (variable: string, value: string): string => {
  if (!/^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(value))
    throw new ConfigError(variable, 'is not an address; write it as "SLA desk <sla@example.com>".');
  return value;
};

/** The name of a claim in a token. @throws ConfigError */
export const claimName = (variable: string, value: string): string => {
  if (!/^[\x21-\x7e]{1,200}$/.test(value))
    throw new ConfigError(variable, 'is not the name of a claim; give one such as org, without spaces.');
  return value;
};
