import { BlockList, isIP } from 'node:net';

/** Everything that is not the public internet (IANA special-purpose registries): own networks, tests, multicast. */
const V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Public IPv6 is 2000::/3; within it, these are not, or carry an IPv4 address that could be anything. */
const V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const listed = (ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
};

const NOT_PUBLIC_V4 = listed(V4, 'ipv4');
const NOT_PUBLIC_V6 = listed(V6, 'ipv6');
const GLOBAL_V6 = listed(['2000::/3'], 'ipv6');

/**
 * Whether an address is on the public internet. IPv4 in any IPv6 clothing (mapped, translated, 6to4) is not: whoever has
 * a public IPv4 address can say so plainly.
 *
 * @param address as a resolver gives it: dotted IPv4, or IPv6 without brackets
 */
export const isPublicAddress = (address: string): boolean => {
  switch (isIP(address)) {
    case 4:
      return !NOT_PUBLIC_V4.check(address, 'ipv4');
    case 6:
      return GLOBAL_V6.check(address, 'ipv6') && !NOT_PUBLIC_V6.check(address, 'ipv6');
    default:
      return false;
  }
};
