import { remembering } from './memory.ts';

/** A range of addresses of one family, both ends included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

function parseIpv4(text: string): bigint | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  let value = 0n;
  for (const part of match.slice(1)) {
    const byte = Number(part);
    if (byte > 255) return undefined;
    value = value * 256n + BigInt(byte);
  }
  return value;
}

function parseGroups(text: string): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const embedded = i === parts.length - 1 && part.includes('.') ? parseIpv4(part) : undefined;
    if (embedded !== undefined) groups.push(embedded >> 16n, embedded & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || text.length > 45) return undefined;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<bigint>(Math.max(0, missing)).fill(0n), ...(tail ?? [])];
  return groups.reduce((value, group) => value * 65536n + group, 0n);
}

const ranges = remembering((text): { readonly range: AddressRange | undefined } => ({
  range: readRange(text),
}));

/** An address or a CIDR block, IPv4 or IPv6; undefined when the text is neither. */
export const parseAddressRange = (text: string): AddressRange | undefined => ranges(text).range;

function readRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  const ipv4 = parseIpv4(address);
  const value = ipv4 ?? (address.includes(':') ? parseIpv6(address) : undefined);
  if (value === undefined) return undefined;
  const width = ipv4 === undefined ? 128 : 32;
  const suffix = slash === -1 ? String(width) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(suffix) || Number(suffix) > width) return undefined;
  const size = 1n << BigInt(width - Number(suffix));
  const first = (value / size) * size;
  return { family: ipv4 === undefined ? 6 : 4, first, last: first + size - 1n };
}

/** The text of one address. */
export function formatAddress(family: 4 | 6, value: bigint): string {
  const [count, bits, radix, mark] = family === 4 ? [4, 8n, 10, '.'] : [8, 16n, 16, ':'];
  const parts: string[] = [];
  for (let i = count - 1; i >= 0; i -= 1) {
    parts.push(((value >> (BigInt(i) * bits)) & ((1n << bits) - 1n)).toString(radix));
  }
  return parts.join(mark);
}

/**
 * Blocks that no request from the internet comes from: `aws:SourceIp` holds public addresses only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 */
export const privateRanges: readonly AddressRange[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '0.0.0.0/8',
  '224.0.0.0/3',
  'fc00::/7',
  'fe80::/10',
  '::/127',
].flatMap((text) => parseAddressRange(text) ?? []);
