import { matches, type Pattern, textOf } from './pattern.ts';
import { type Truth, truth } from './truth.ts';

/** The six parts of an ARN; the sixth is all the rest. Undefined when there are fewer. */
export function arnParts(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The account of an ARN: its fifth part, where that is one. */
export function accountOfArn(text: string): string | undefined {
  const account = arnParts(text)?.[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** A pattern cut at its first five colons. */
function patternParts(pattern: Pattern): readonly Pattern[] {
  const parts: Pattern[] = [[]];
  for (const sign of pattern) {
    if (sign.character === ':' && parts.length < 6) parts.push([]);
    else parts[parts.length - 1] = [...(parts.at(-1) ?? []), sign];
  }
  return parts;
}

const completed = (pattern: Pattern): Pattern => [
  ...pattern,
  { character: ':', wildcard: false },
  { character: '*', wildcard: true },
];

/**
 * ArnEquals and ArnLike, which are the same: each of the six parts by itself, so that a star does not run over
 * the first five colons. A pattern of fewer parts: not documented, so `unsure` where it could be meant.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatches(pattern: Pattern, text: string): Truth {
  const parts = arnParts(text);
  if (parts === undefined) return 'no';
  const wanted = patternParts(pattern);
  if (wanted.length < 6) return matches(pattern, text) || matches(completed(pattern), text) ? 'unsure' : 'no';
  return truth(parts.every((part, index) => matches(wanted[index] ?? [], part)));
}

/**
 * A Resource pattern. A star that ends a part may run over colons; one within a part is said to stay inside it,
 * and whether it really does is `unsure`. An ARN of fewer than six parts is completed with stars: `unsure`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatches(pattern: Pattern, text: string): Truth {
  const written = textOf(pattern);
  const endsPart = (place: number) => place + 1 === written.length || written[place + 1] === ':';
  if (matches(pattern, text, (place, character) => character !== ':' || endsPart(place))) return 'yes';
  if (matches(pattern, text)) return 'unsure';
  return patternParts(pattern).length < 6 && matches(completed(pattern), text) ? 'unsure' : 'no';
}
