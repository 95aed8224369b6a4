import type { RequestContext, Witness, WitnessPrincipal } from '../../shared/access/grant.ts';

/** One request. What AWS would put into its context stands in its context; a key that is missing is absent. */
export type Request = Witness;
export type Principal = WitnessPrincipal;
export type Context = RequestContext;

/**
 * The values of a key, undefined when the request does not carry it. Key names are case-insensitive, and an
 * empty list is as good as none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const sameName = (candidate: string) =>
    candidate.length === key.length && candidate.toLowerCase() === key.toLowerCase();
  const name = key in context ? key : Object.keys(context).find(sameName);
  const value = name === undefined ? undefined : context[name];
  if (value === undefined) return undefined;
  const values = typeof value === 'string' ? [value] : value;
  return values.length === 0 ? undefined : values;
}

/** The one value of a key; undefined when it is absent or has several. */
export function oneValue(context: Context, key: string): string | undefined {
  const values = valuesOf(context, key);
  return values?.length === 1 ? values[0] : undefined;
}
