import { escapeGlob, literalQuestionMark, literalStar } from './glob.ts';

/** `${key}` or `${key, 'default'}`; `${*}`, `${?}` and `${$}` are the characters themselves. */
const variable = /\$\{([^}]*)\}/g;

const characters: Readonly<Record<string, string>> = { '*': literalStar, '?': literalQuestionMark, $: '$' };

/** The keys, in lower case, that the variables of a text name. */
export function variableKeys(text: string): readonly string[] {
  return [...text.matchAll(variable)]
    .map((match) => (match[1] ?? '').split(',', 1)[0]?.trim().toLowerCase() ?? '')
    .filter((key) => characters[key] === undefined);
}

/** The key of a variable, in lower case, and its default. */
function partsOf(inner: string): readonly [key: string, fallback: string | undefined] {
  const [key = '', fallback = ''] = inner.split(/,(.*)/s);
  return [key.trim().toLowerCase(), /^\s*'(.*)'\s*$/s.exec(fallback)?.[1]];
}

/**
 * The text with its variables filled in, wildcards of their values made literal; undefined when a key is absent and
 * has no default: such a text matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function fillVariables(
  text: string,
  lookUp: (key: string) => string | readonly string[] | undefined,
): string | undefined {
  let missing = false;
  const filled = text.replace(variable, (_, inner: string) => {
    const character = characters[inner];
    if (character !== undefined) return character;
    const [key, fallback] = partsOf(inner);
    const value = lookUp(key);
    const one = typeof value === 'string' ? value : value?.length === 1 ? value[0] : undefined;
    const used = one ?? fallback;
    if (used === undefined) missing = true;
    return escapeGlob(used ?? '');
  });
  return missing ? undefined : filled;
}

/** The text with each variable of a key replaced by what `stand` gives for it and its default, wildcards and all. */
export function replaceVariables(
  text: string,
  stand: (key: string, fallback: string | undefined) => string,
): string {
  return text.replace(variable, (whole, inner: string) => {
    if (characters[inner] !== undefined) return whole;
    const [key, fallback] = partsOf(inner);
    return stand(key, fallback);
  });
}

/**
 * The text as a glob of what it may come to. A variable is a star, for whoever calls may choose what it stands for; but
 * what is said of the resource is the owner's, and as good as a letter.
 */
export function asGlob(text: string): string {
  if (!text.includes('${')) return text;
  return text.replace(variable, (_, inner: string) => (/^\s*(?:aws|s3):resource/i.test(inner) ? 'x' : '*'));
}

/**
 * What the first variable of a text must stand for so that the text can match `whole`, where it can be read off: of
 * `home/${aws:username}/x` and `home/kim/x` it is `kim`. Undefined where wildcards leave it open.
 */
export function readVariable(
  text: string,
  whole: string,
): { readonly key: string; readonly value: string } | undefined {
  const match = [...text.matchAll(variable)].find(([, inner = '']) => characters[inner] === undefined);
  const [key] = match === undefined ? [] : variableKeys(match[0]);
  if (match === undefined || key === undefined) return undefined;
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  const wild = Math.max(before.lastIndexOf('*'), before.lastIndexOf('?'));
  const value = wild === -1 ? between(before, after, whole) : behind(before.slice(wild + 1), after, whole);
  return value === undefined || value === '' ? undefined : { key, value };
}

/** What stands behind a beginning, up to the next text that `after` asks for. */
function between(before: string, after: string, whole: string): string | undefined {
  if (!whole.startsWith(before)) return undefined;
  const rest = whole.slice(before.length);
  const [next = ''] = after.split(/[*?]|\$\{/, 1);
  return next === '' ? rest : rest.slice(0, Math.max(0, rest.indexOf(next)));
}

/** What stands at the end, behind the last place where the text before it is found. */
function behind(mark: string, after: string, whole: string): string | undefined {
  const at = mark === '' ? -1 : whole.lastIndexOf(mark);
  return at === -1 || after !== '' ? undefined : whole.slice(at + mark.length);
}
