import type { PolicyText } from './record.ts';

/** What is told of the policy texts before and after; a side that is not known is left out. */
export interface PolicyTexts {
  readonly before?: readonly PolicyText[];
  readonly after?: readonly PolicyText[];
}

/** The largest policies that services take by themselves are told whole: S3 takes 20 kB. */
const longestExcerpt = 20_480;

const mostTexts = 5;

/** So much of what stayed is shown before the first difference of a text that is too long. */
const leadingIn = 1000;

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}

/** The part of a text that is told, around where it begins to differ from `other`. */
function excerpt({ name, text, cut }: PolicyText, other: PolicyText | undefined): PolicyText {
  if (text.length <= longestExcerpt) return { name, text, ...(cut && { cut }) };
  const difference = other === undefined ? 0 : firstDifference(text, other.text);
  const start = Math.max(0, Math.min(difference - leadingIn, text.length - longestExcerpt));
  return { name, text: text.slice(start, start + longestExcerpt), cut: true };
}

/**
 * Policy texts as an alert tells them: of very many those that changed and those that `telling` names, of a very long
 * one the part that changed. The whole ones stand in the table and in the report.
 */
export function policyExcerpts(
  { before, after }: PolicyTexts,
  telling: readonly string[],
): PolicyTexts | undefined {
  if (before === undefined && after === undefined) return undefined;
  const byName = (texts: readonly PolicyText[] = []) => new Map(texts.map((each) => [each.name, each]));
  const [old, now] = [byName(before), byName(after)];
  const names = [...new Set([...now.keys(), ...old.keys()])];
  const isChanged = (name: string) => old.get(name)?.text !== now.get(name)?.text;
  const rank = (name: string) => (isChanged(name) ? 0 : telling.includes(name) ? 1 : 2);
  const told = new Set(names.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostTexts));
  const side = (texts: readonly PolicyText[], others: ReadonlyMap<string, PolicyText>) =>
    texts.filter(({ name }) => told.has(name)).map((each) => excerpt(each, others.get(each.name)));
  return { ...(before && { before: side(before, now) }), ...(after && { after: side(after, old) }) };
}
