import { gather } from '../iam/gather.ts';
import { hasWildcard } from '../iam/glob.ts';
import { remembering } from '../iam/memory.ts';
import { none } from '../iam/none.ts';
import type { Membership } from './caller.ts';
import { absent, type Domain, open } from './domain.ts';
import { freshOrganization } from './organization-like.ts';
import { classes, many, one, type Pattern, shape, times } from './pattern.ts';

const deepest = 5;

/** Keys that say which organization an account is of, and where in it. */
export const membershipKeys: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Root.html */
export const isRoot = (id: string): boolean => /^[a-z0-9]{4,32}$/.test(id);

/** A star may stand for the beginning of a unit's id (`*ab12-11111111/`). */
const rootNames = /(?<![a-z0-9-])(?:r|ou)-([a-z0-9*?]+)|(\*[a-z0-9*?]*)-(?=[a-z0-9]{8,32}(?:[/*?]|$))/g;

/** The ids of roots that a path names, of the root itself or in the ids of its units; globs as they are. */
export const rootsIn = (path: string): readonly string[] =>
  gather(path.matchAll(rootNames), ([, id, end]) => {
    const named = id ?? end;
    return named === undefined || /^\*+$/.test(named) ? undefined : named;
  });

/**
 * The organizations, as a glob of their ids, that a glob of paths can be in. A star in it runs on over slashes, but where
 * a root follows: of that a path has one, behind the organization.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export const organizationsOfPath: (path: string) => string = remembering((path) => {
  const [head = ''] = path.split('/', 1);
  const star = head.indexOf('*');
  return star === -1 || path.startsWith('/r-', head.length) ? head : head.slice(0, star + 1);
});

const units = /ou-([a-z0-9]+)-[a-z0-9]{8,32}(?=[/*?]|$)/g;

/**
 * Places that a glob of paths with a star inside may match: what the star leaves out is mostly the root, which the units
 * behind it name.
 * @param known places in the organizations in question
 */
export function placesLike(glob: string, known: readonly string[]): readonly string[] {
  if (!/\*./.test(glob)) return none;
  const named = [...glob.matchAll(units)];
  const root = named[0]?.[1];
  if (root === undefined) return none;
  const below = `/r-${root}/${named.map(([unit]) => `${unit}/`).join('')}`;
  return [...new Set(known.map((path) => path.slice(0, path.indexOf('/')) + below))];
}

/** Ids that a glob of the ids of roots matches. */
const rootsLike = (glob: string): readonly string[] =>
  hasWildcard(glob)
    ? [
        glob.replaceAll('?', 'z').replaceAll('*', freshRoot),
        glob.replaceAll('?', '7').replaceAll('*', 'x7x7'),
      ]
    : [glob];

/** The id of a root that nobody has mentioned. */
const freshRoot = 'zq81';
const freshRoots: readonly string[] = [freshRoot];

/**
 * The ids that an organization's root may have. It has one root, for whoever trusts a path of it: the one of that path.
 * Of two that the policies name, one at most is real; nobody says which.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html
 */
export function possibleRoots(
  trusted: readonly string[] | undefined,
  paths: readonly string[],
): readonly string[] {
  if (paths.length === 0) return trusted ?? freshRoots;
  const named = gather(paths, rootsIn);
  const ids =
    trusted === undefined
      ? [...gather(named, rootsLike), freshRoot]
      : [...trusted, ...named.filter((id) => !hasWildcard(id))];
  return [...new Set(ids)].filter(isRoot);
}

/**
 * The paths under a root: a unit's id holds that of the root.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path
 */
function pathsIn(organization: Pattern, root: string): readonly Pattern[] {
  const unit = shape(`ou-${root}-`, ...times(classes.lowerOrDigit, 8), many(classes.lowerOrDigit), '/');
  return Array.from({ length: deepest + 1 }, (_, depth) => [
    ...organization,
    ...shape(`/r-${root}/`),
    ...Array.from({ length: depth }, () => unit).flat(),
  ]);
}

const pathsUnder = remembering((path): readonly Pattern[] => {
  const [organization = '', root = ''] = path.split('/r-');
  return pathsIn(shape(organization), root);
});

const placeInOrganization = /^(o-[a-z0-9]+)\/r-([a-z0-9]{4,32})\/(?:ou-\2-[a-z0-9]{8,32}\/){0,5}$/;

/** The paths of accounts in an organization: one path an account. */
export function pathDomain(key: string, membership: Membership | undefined): Domain {
  if (membership === undefined) return absent;
  const { organization, roots } = membership;
  return open(key, {
    presence: 'always',
    multiValued: true,
    fresh: roots.map((root) => `${organization}/r-${root}/ou-${root}-7f2mxk81/`),
    shape: () => gather(roots, (root) => pathsUnder(`${organization}/r-${root}`)),
    accepts: (text) => {
      const [, id, root = ''] = placeInOrganization.exec(text) ?? [];
      return id === organization && roots.includes(root);
    },
  });
}

const word = [one(classes.lowerOrDigit), many(classes.lowerOrDigit)];

/** The ids of organizations. */
export const organizationIds: Pattern = shape('o-', ...word);

const pathsAnywhere = remembering((root): readonly Pattern[] => pathsIn(organizationIds, root));

const lowerCase = (text: string) => text.toLowerCase();

/**
 * The paths of an account of an organization whose root nobody tells, or of one that may be in any or in none: those
 * under each root of which the values speak, and under one more.
 */
export const somePath = (key: string, organization: string | undefined): Domain =>
  open(key, {
    presence: organization === undefined ? 'optional' : 'always',
    multiValued: true,
    fresh: [`${organization ?? freshOrganization}/r-${freshRoot}/ou-${freshRoot}-7f2mxk81/`],
    shape: (values) =>
      gather(possibleRoots(undefined, values.map(lowerCase)), (root) =>
        organization === undefined ? pathsAnywhere(root) : pathsUnder(`${organization}/r-${root}`),
      ),
    accepts: (text) => {
      const [, id] = placeInOrganization.exec(text) ?? [];
      return id !== undefined && (organization === undefined || id === organization);
    },
  });
