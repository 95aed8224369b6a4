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

/** Whether a text has the six segments of an ARN. */
export function hasArnSegments(text: string): boolean {
  let colon = -1;
  for (let i = 0; i < 5; i += 1) {
    colon = text.indexOf(':', colon + 1);
    if (colon === -1) return false;
  }
  return true;
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
  if (pattern === text) return hasArnSegments(text);
  let wanted = 0;
  let given = 0;
  for (let i = 0; i < 5; i += 1) {
    const wantedEnd = pattern.indexOf(':', wanted);
    const givenEnd = text.indexOf(':', given);
    if (wantedEnd === -1 || givenEnd === -1) return false;
    if (!globMatches(pattern.slice(wanted, wantedEnd), text.slice(given, givenEnd))) return false;
    wanted = wantedEnd + 1;
    given = givenEnd + 1;
  }
  return globMatches(pattern.slice(wanted), text.slice(given));
}
