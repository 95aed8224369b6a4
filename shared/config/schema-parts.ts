import * as z from 'zod/mini';
import { quoted, type Rule } from './trust-rules.ts';
import type { Mistake } from './yaml-source.ts';

/** A mistake at a path below the value that is checked. */
export const issue = (input: unknown, { what, remedy }: Mistake, path: PropertyKey[] = []) => ({
  code: 'custom' as const,
  input,
  message: what,
  params: { remedy },
  path,
});

/** A text that a rule accepts. */
export const text = (rule: Rule) =>
  z.string().check(({ value, issues }) => {
    const mistake = rule(value);
    if (mistake !== undefined) issues.push(issue(value, mistake));
  });

/** A key may be left out, or stand with nothing behind it, which YAML reads as the empty text. */
export const orEmpty = <T extends z.ZodMiniType>(empty: unknown, schema: T) =>
  z.prefault(
    z.pipe(
      z.transform((value: unknown) => (value === '' || value === null ? empty : value)),
      schema,
    ),
    '',
  );

/** What tells an entry from others; a path with and without its star is the same. */
const identityOf = (held: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  JSON.stringify(keys.map((key) => JSON.stringify(held[key] ?? '').replace(/\/\*"$/, '/"')));

/** A list in which no two entries are the same one by these keys; the first key names an entry. */
export const list = <T extends z.ZodMiniObject>(entry: T, keys: readonly [string, ...string[]]) =>
  orEmpty(
    [],
    z.array(entry).check(({ value, issues }) => {
      const seen = new Set<string>();
      const [name] = keys;
      for (const [index, held] of value.entries()) {
        const identity = identityOf(held, keys);
        if (seen.has(identity)) {
          const what = `${name} ${quoted(String(held[name]))} is here twice`;
          issues.push(issue(held, { what, remedy: 'keep one of the two' }, [index, name]));
        }
        seen.add(identity);
      }
    }),
  );
