import type { Condition } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { readVariable, replaceVariables, variableKeys } from '../iam/variable.ts';

/** A key, and a text that it may have or match. */
type KeyText = readonly [key: string, text: string];

/** What is compared with a key without variables. */
type TextsOf = (key: string) => readonly string[];

/** So many texts of a variable's key are put into a value. */
const maxTexts = 20;

/** What a value may come to: whatever its variables are, by their defaults, and by what conditions ask of their keys. */
function textsLike(value: string, textsOf: TextsOf): readonly string[] {
  const withDefaults = (_: string, fallback: string | undefined) => fallback ?? '*';
  const filled = gather(new Set(variableKeys(value)), (named) =>
    textsOf(named)
      .slice(0, maxTexts)
      .map((text) => replaceVariables(value, (key, fallback) => (key === named ? text : (fallback ?? '*')))),
  );
  return [replaceVariables(value, () => '*'), replaceVariables(value, withDefaults), ...filled];
}

/** What a value's first variable must be for the value to be one of the texts that its key is compared with. */
const readFrom = (value: string, texts: readonly string[]): readonly KeyText[] =>
  gather(texts.slice(0, maxTexts), (text) => {
    const read = readVariable(value, text);
    return read === undefined ? undefined : ([[read.key, read.value]] as const);
  });

/**
 * What conditions ask of keys by way of variables: of a tag that must be `x`, and of an account that must be what the tag
 * says, that the account be `x`, and the other way about.
 */
export function textsByVariables(conditions: readonly Condition[]): readonly KeyText[] {
  const textsOf: TextsOf = (key) =>
    gather(conditions, (condition) =>
      condition.key === key && !condition.variables && condition.operator.comparison !== 'Null'
        ? condition.values
        : undefined,
    );
  return gather(conditions, ({ key, values, variables }) =>
    variables
      ? gather(values, (value) => [
          ...textsLike(value, textsOf).map((text): KeyText => [key, text]),
          ...readFrom(value, textsOf(key)),
        ])
      : undefined,
  );
}
