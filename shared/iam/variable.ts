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
    const [key = '', fallback] = inner.split(/,(.*)/s);
    const value = lookUp(key.trim().toLowerCase());
    const one = typeof value === 'string' ? value : value?.length === 1 ? value[0] : undefined;
    const used = one ?? /^\s*'(.*)'\s*$/s.exec(fallback ?? '')?.[1];
    if (used === undefined) missing = true;
    return escapeGlob(used ?? '');
  });
  return missing ? undefined : filled;
}
