import { globMatches } from './glob.ts';

/** The six segments of an ARN or of an ARN pattern; the last holds the rest. Undefined when there are fewer. */
export function arnSegments(text: string): readonly string[] | undefined {
  const segments: string[] = [];
  let from = 0;
  for (let i = 0; i < 5; i += 1) {
    const colon = text.indexOf(':', from);
    if (colon === -1) return undefined;
    segments.push(text.slice(from, colon));
    from = colon + 1;
  }
  segments.push(text.slice(from));
  return segments;
}

/** The fifth segment, where an ARN has its account; undefined when there are fewer. */
export function accountSegment(text: string): string | undefined {
  let from = 0;
  for (let i = 0; i < 4; i += 1) {
    from = text.indexOf(':', from) + 1;
    if (from === 0) return undefined;
  }
  const end = text.indexOf(':', from);
  return end === -1 ? text.slice(from) : text.slice(from, end);
}

/**
 * ArnLike and ArnEquals, which are the same: each of the six segments is matched by itself, so a star never crosses
 * one of the first five colons. A pattern of fewer segments matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatches(pattern: string, text: string): boolean {
  const wanted = arnSegments(pattern);
  const given = arnSegments(text);
  if (wanted === undefined || given === undefined) return false;
  for (let i = 0; i < wanted.length; i += 1) if (!globMatches(wanted[i] ?? '', given[i] ?? '')) return false;
  return true;
}
