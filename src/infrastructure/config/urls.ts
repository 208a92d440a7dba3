import { ConfigError } from './config-error.js';

/** `host`, `host:port` or `[address]:port`. */
const HOST = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

// Messages about URLs never repeat them: they hold passwords.

/**
 * Checks the URL of a store, which may name several hosts, and so is not what `URL` parses.
 *
 * @throws ConfigError
 */
export const storeUrl = (
  variable: string,
  value: string,
  schemes: readonly string[],
  example: string,
): string => {
  const refuse = (fault: string): ConfigError =>
    new ConfigError(variable, `${fault}; write it as ${example}.`);
  const parts = /^([a-z+]+):\/\/(?:[^/?#]*@)?([^/?#@]*)(?:[/?][^\s]*)?$/i.exec(value);
  if (parts === null) throw refuse('is not a URL');
  const [, scheme = '', hosts = ''] = parts;
  if (!schemes.includes(scheme.toLowerCase())) throw refuse(`must begin with ${schemes.join(':// or ')}://`);
  for (const host of hosts.split(',')) {
    const match = HOST.exec(host);
    if (match === null || Number(match[1] ?? 1) > 65535 || match[1] === '0')
      throw refuse('names no host, or one with a port that cannot be');
  }
  return value;
};

/** What the client understands; KurrentDB answers to the same. @throws ConfigError */
export const eventStoreUrl = (variable: string, value: string): string =>
  storeUrl(variable, value, ['esdb', 'esdb+discover'], 'esdb://events.example.com:2113');

const webUrl = (variable: string, value: string, schemes: readonly string[], example: string): URL => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || url.hostname === '' || !schemes.includes(url.protocol))
    throw new ConfigError(variable, `is not a URL that can be used; write it as ${example}.`);
  return url;
};

/** @throws ConfigError unless smtp:// or smtps:// with a host */
export const smtpUrl = (variable: string, value: string): string => {
  webUrl(variable, value, ['smtp:', 'smtps:'], 'smtp://mail.example.com:587');
  return value;
};

/** The base of links, without a slash at its end. @throws ConfigError */
export const publicUrl = (variable: string, value: string): string => {
  const url = webUrl(variable, value, ['http:', 'https:'], 'https://sla.example.com');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new ConfigError(variable, 'must be a plain base of links; write it as https://sla.example.com.');
  return url.href.replace(/\/+$/, '');
};

/**
 * An issuer exactly as it stands in the tokens. Plain http only on this machine: whoever can change
 * the issuer's keys on the way can be anybody.
 *
 * @throws ConfigError
 */
export const issuerUrl = (variable: string, value: string): string => {
  const example = 'https://login.example.com/realms/support';
  const url = webUrl(variable, value, ['http:', 'https:'], example);
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    throw new ConfigError(variable, 'must begin with https://, or tokens could be forged on the way.');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new ConfigError(variable, `must hold neither a password nor a query; write it as ${example}.`);
  return value;
};
