import { parseAddressRange } from './address-range.ts';
import { arnMatches } from './arn-pattern.ts';
import { globMatches, unescapeGlob } from './glob.ts';
import type { Comparison } from './operator.ts';

/**
 * The milliseconds of an ISO 8601 date (of a year alone, too: `2040`) or of seconds since 1970; NaN when the text is
 * neither. A time without a zone is of UTC, wherever this runs.
 * https://www.w3.org/TR/NOTE-datetime
 */
export function parseDate(text: string): number {
  if (/^(?!\d{4}$)-?\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  return Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
}

/** The number that the text writes; NaN when it writes none. */
export function parseNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** A request comes from one address: a range, which a tag may hold, is in none. */
function addressMatches(wanted: string, given: string): boolean {
  if (given.includes('/')) return false;
  const range = parseAddressRange(wanted);
  const address = parseAddressRange(given);
  if (range === undefined || address === undefined || range.family !== address.family) return false;
  return range.first <= address.first && address.last <= range.last;
}

function ordered(comparison: Comparison, given: number, wanted: number): boolean {
  if (comparison.endsWith('LessThan')) return given < wanted;
  if (comparison.endsWith('LessThanEquals')) return given <= wanted;
  if (comparison.endsWith('GreaterThan')) return given > wanted;
  if (comparison.endsWith('GreaterThanEquals')) return given >= wanted;
  return given === wanted;
}

/**
 * Whether one value of the request matches one value of the policy. A value of the wrong type matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function valueMatches(comparison: Comparison, wanted: string, given: string): boolean {
  switch (comparison) {
    case 'StringEquals':
    case 'BinaryEquals':
      return wanted === given || unescapeGlob(wanted) === given;
    case 'StringEqualsIgnoreCase':
      return unescapeGlob(wanted).toLowerCase() === given.toLowerCase();
    case 'Bool':
      return wanted.toLowerCase() === given.toLowerCase();
    case 'StringLike':
      return globMatches(wanted, given);
    case 'ArnLike':
      return arnMatches(wanted, given);
    case 'IpAddress':
      return addressMatches(wanted, given);
    case 'Null':
      return false;
    default:
      return comparison.startsWith('Numeric')
        ? ordered(comparison, parseNumber(given), parseNumber(wanted))
        : ordered(comparison, parseDate(given), parseDate(wanted));
  }
}
