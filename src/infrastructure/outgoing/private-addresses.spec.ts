import { expect, it } from '@jest/globals';
import { parseWebhookUrl } from '../../domain/webhook/webhook-address.js';
import { SheetFetcher } from '../sheet/fetch-sheet.js';
import { HttpsWebhookSender } from './https-webhook-sender.js';
import type { PinnedRequest } from './pinned-request.js';

/** One of each kind that is not the public internet. */
const PRIVATE = [
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
] as const;

const FULLWIDTH = 0xff10 - 0x30;
const MATHEMATICAL = 0x1d7d8 - 0x30;
const CIRCLED = ['⓪', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨'];
const hex = (value: number, width = 0): string => value.toString(16).padStart(width, '0');
const octal = (value: number): string => `0${value.toString(8)}`;
const moved = (text: string, by: number): string =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + by));

/** Ways to write one IPv4 address where a URL has its host, and some that no URL should have. */
const written = (address: string): readonly string[] => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const bytes = [a, b, c, d];
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const [high, low] = [hex(a * 256 + b), hex(c * 256 + d)];
  const inverted = bytes.map((byte) => 255 - byte);
  return [
    address,
    `${address}.`,
    String(whole),
    `${whole}.`,
    `0x${hex(whole)}`,
    `0X${hex(whole).toUpperCase()}`,
    `0x0000${hex(whole, 8)}`,
    octal(whole),
    `0000${octal(whole)}`,
    bytes.map(octal).join('.'),
    bytes.map((byte) => `000${octal(byte)}`).join('.'),
    bytes.map((byte) => `0x${hex(byte)}`).join('.'),
    `0x${hex(a)}.${octal(b)}.${c}.0x${hex(d)}`,
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `0x${hex(a)}.0x${hex((b * 256 + c) * 256 + d)}`,
    address.replace(/\d/g, (digit) => `%3${digit}`),
    address.replaceAll('.', '%2e'),
    address.replaceAll('.', '。'),
    address.replaceAll('.', '．'),
    address.replaceAll('.', '｡'),
    moved(address, FULLWIDTH),
    moved(address, MATHEMATICAL),
    address.replace(/\d/g, (digit) => CIRCLED[Number(digit)]!),
    address.replace('.', '\u00ad.'),
    address.replace('.', '\u200b.'),
    address.replace('.', '\t.'),
    address.replace('.', '\n.'),
    `public.example@${address}`,
    `public.example:443@${address}`,
    `public.example%40@${address}`,
    `${address}\\@public.example`,
    `${address}:8443`,
    `[::${address}]`,
    `[::${high}:${low}]`,
    `[::ffff:${address}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:ffff:${high}:${low}]`,
    `[0000:0000:0000:0000:0000:FFFF:${high}:${low}]`,
    `[::ffff:0:${high}:${low}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${high}:${low}]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:5db8:d822::${hex(inverted[0]! * 256 + inverted[1]!)}:${hex(inverted[2]! * 256 + inverted[3]!)}]`,
    `[fe80::${high}:${low}]`,
    `[fe80::${high}:${low}%25eth0]`,
    `[fd00::${high}:${low}]`,
    `[fec0::${high}:${low}]`,
    `[ff02::${high}:${low}]`,
    `[2001:db8::${high}:${low}]`,
  ];
};

const HOSTS = [...PRIVATE.flatMap(written), '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::1%25lo]', '[', ' '];

const connected: string[] = [];
const request: PinnedRequest = (url) => {
  connected.push(url.href);
  return Promise.reject(new Error('Nothing was to be connected to.'));
};
const resolved: string[] = [];
/** Says of every name that it is public: what is an address has to be seen without asking. */
const resolve = (host: string) => {
  resolved.push(host);
  return Promise.resolve([{ address: '93.184.216.34', family: 4 }]);
};
const sender = new HttpsWebhookSender({ resolve, request });
const sheets = new SheetFetcher({ resolve, get: request });

it(`asks nothing of a private address, in ${HOSTS.length} ways to write one`, async () => {
  expect(HOSTS.length).toBeGreaterThan(300);
  for (const host of HOSTS) {
    const url = `https://${host}/hooks`;
    const webhook = async (): Promise<void> => sender.check(parseWebhookUrl(url));
    const refused = { code: 'INVALID_INPUT', path: ['url'] };
    await expect(webhook().then(() => `allowed ${url}`)).rejects.toMatchObject(refused);
    await expect(
      sheets
        .fetch(url)
        .next()
        .then(() => `fetched ${url}`),
    ).rejects.toMatchObject(refused);
    // One that was taken before an address became private, or by hand.
    if (!URL.canParse(url)) continue;
    const body = { url, headers: {}, body: '' };
    await expect(sender.post(body, new AbortController().signal)).rejects.toThrow();
  }
  expect(connected).toEqual([]);
  expect(resolved).toEqual([]);
});
