import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { arnMatches } from './arn.ts';
import { matches, type Pattern, textOf } from './pattern.ts';
import { type Truth, truth } from './truth.ts';

/** Compares one value of the request with one value of the policy. */
export type Comparison = (value: string, pattern: Pattern) => Truth;

/**
 * A comparison of numbers or dates. What is no number and no date, on either side, compares with nothing; AWS
 * refuses to save a policy with such a value.
 */
function ordered(
  parse: (text: string) => number,
  holds: (left: number, right: number) => boolean,
): Comparison {
  return (value, pattern) => {
    const [left, right] = [parse(value), parse(textOf(pattern))];
    return truth(!Number.isNaN(left) && !Number.isNaN(right) && holds(left, right));
  };
}

const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

/** Milliseconds of an ISO 8601 date, or of seconds since 1970. */
export function instant(text: string): number {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/.test(text))
    return Number.NaN;
  return Date.parse(text.includes('T') && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text);
}

/** Whether the address lies in the range `address/bits`; without bits, a range of one. What is no range holds nothing. */
function inRange(address: string, range: string): Truth {
  const [base = '', bits] = range.split('/');
  const width = isIPv4(base) ? 32 : 128;
  const length = bits === undefined ? width : Number(bits);
  const isRange = (isIPv4(base) || isIPv6(base)) && /^\d+$/.test(bits ?? '0') && length <= width;
  if (!isRange) return 'no';
  if (isIPv4(base) !== isIPv4(address) || !(isIPv4(address) || isIPv6(address))) return 'no';
  const family = isIPv4(base) ? 'ipv4' : 'ipv6';
  const ranges = new BlockList();
  ranges.addSubnet(base, length, family);
  return truth(ranges.check(address, family));
}

const lower = (text: string) => text.toLowerCase();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const positive: Readonly<Record<string, Comparison>> = {
  // A star is a star here.
  stringequals: (value, pattern) => truth(value === textOf(pattern)),
  stringequalsignorecase: (value, pattern) => truth(lower(value) === lower(textOf(pattern))),
  stringlike: (value, pattern) => truth(matches(pattern, value)),
  arnequals: (value, pattern) => arnMatches(pattern, value),
  arnlike: (value, pattern) => arnMatches(pattern, value),
  ipaddress: (value, pattern) => inRange(value, textOf(pattern)),
  bool: (value, pattern) => truth(lower(value) === lower(textOf(pattern))),
  binaryequals: (value, pattern) => truth(value === textOf(pattern)),
  numericequals: ordered(number, (left, right) => left === right),
  numericlessthan: ordered(number, (left, right) => left < right),
  numericlessthanequals: ordered(number, (left, right) => left <= right),
  numericgreaterthan: ordered(number, (left, right) => left > right),
  numericgreaterthanequals: ordered(number, (left, right) => left >= right),
  dateequals: ordered(instant, (left, right) => left === right),
  datelessthan: ordered(instant, (left, right) => left < right),
  datelessthanequals: ordered(instant, (left, right) => left <= right),
  dategreaterthan: ordered(instant, (left, right) => left > right),
  dategreaterthanequals: ordered(instant, (left, right) => left >= right),
};

/** The negated operators, by what they negate. */
export const negated: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  notipaddress: 'ipaddress',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
};

/** Variables have no meaning in these. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
export const takesVariables = (operator: string): boolean =>
  !/^(numeric|date|binary|ipaddress)/.test(operator);
