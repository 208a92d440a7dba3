import { expect, it } from '@jest/globals';
import { parseWebhookUrl } from './webhook-address.js';

it.each([
  ['https://status.example/hooks', 'https://status.example/hooks'],
  ['HTTPS://Status.Example:443', 'https://status.example/'],
  ['https://status.example:8443/a?b=c', 'https://status.example:8443/a?b=c'],
])('takes %s', (text, url) => expect(parseWebhookUrl(text)).toBe(url));

it.each([
  '',
  'status.example',
  'http://status.example/',
  'http://127.0.0.1/',
  'ftp://status.example/',
  'file:///etc/passwd',
  'https://',
  'https://ana:secret@status.example/',
  'https://status.example/#here',
  `https://status.example/${'a'.repeat(2048)}`,
])('refuses %s', (text) =>
  expect(() => parseWebhookUrl(text)).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT', path: ['url'] }),
  ),
);
