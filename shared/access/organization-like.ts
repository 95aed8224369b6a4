import { hasWildcard, sampleOf } from '../iam/glob.ts';

/** An organization that nobody has mentioned. */
export const freshOrganization = 'o-zq81xk7f2m';

const organizationId = /^o-[a-z0-9]{1,32}$/;

/** What a wildcard at the beginning of a glob of ids leaves out: some of `o-`, or more. */
const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^\*/, 'o-*'],
  [/^\*/, 'o'],
  [/^\*/, ''],
  [/^\?\?/, 'o-'],
  [/^\?/, 'o'],
];

/** What stars stand for; of many of them less, since an id is short. */
const fillings: readonly string[] = [freshOrganization.slice(2), 'z7', ''];

/** The id itself, or one that the glob matches; undefined when no organization can have it. */
export function organizationLike(text: string): string | undefined {
  if (!hasWildcard(text)) return organizationId.test(text) ? text : undefined;
  const globs = [text, ...beginnings.map(([wildcard, start]) => text.replace(wildcard, start))];
  for (const filling of fillings)
    for (const glob of globs) {
      const id = sampleOf(glob.replaceAll('?', 'z'), filling);
      if (organizationId.test(id)) return id;
    }
  return undefined;
}

/** The beginning of an organization's id, and all that can follow: the paths of whole organizations. */
const everyPath = /^([^/*]*?)(?:\/(?:r-)?\*+(?:\/\*+)?|(\?*\*)[*?]*(?:\/\*+)?)$/;

/** The organizations all of whose paths the glob matches (`o-a1b2c3d4e5/*`, `o-a1*`); undefined where it asks for more. */
export function wholeOrganizationsOf(path: string): string | undefined {
  const [, start, more] = everyPath.exec(path) ?? [];
  return start === undefined || more === undefined ? start : `${start}*`;
}
