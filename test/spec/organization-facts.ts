import { matches, plainPattern } from './pattern.ts';
import type { Question } from './question.ts';
import { oneValue, valuesOf } from './request.ts';
import type { Fact } from './world.ts';

/** An account is in one organization or in none, at one path. */
const isInOneOrganization: Fact = ({ request: { context } }) => {
  const organization = oneValue(context, 'aws:PrincipalOrgID');
  const paths = valuesOf(context, 'aws:PrincipalOrgPaths');
  if (organization !== undefined && !isOrganization(organization))
    return `\`${organization}\` is no organization`;
  if (paths === undefined) return undefined;
  if (paths.length > 1 || !isPath(paths[0] ?? '')) return `\`${paths}\` is no place in an organization`;
  return organization !== undefined && !paths[0]?.startsWith(`${organization}/`)
    ? 'the path is in another organization'
    : undefined;
};

/** A path says the organization too, so that the key must be there when it is asked for; and the reverse. */
const tellsOrganizationWhole: Fact = ({ request: { context }, asksFor }) => {
  const keys = ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'];
  const missing = keys.find((key) => asksFor(key) && valuesOf(context, key) === undefined);
  const present = keys.find((key) => valuesOf(context, key) !== undefined);
  return missing && present ? `a member of an organization has \`${missing}\`` : undefined;
};

export const isOrganization = (text: string): boolean => /^o-[a-z0-9]+$/.test(text);

/**
 * A root's id has from 4 to 32 letters and digits; a unit's holds that of its root, and from 8 to 32 of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
 */
export const isPath = (text: string): boolean =>
  /^o-[a-z0-9]+\/r-([a-z0-9]{4,32})\/(ou-\1-[a-z0-9]{8,32}\/)*$/.test(text);

/** So are the accounts of the resource and of the endpoint; in which, is for others to say. */
const hasOnePlace =
  (key: string): Fact =>
  ({ request: { context } }) => {
    const paths = valuesOf(context, key);
    return paths === undefined || (paths.length === 1 && isPath(paths[0] ?? ''))
      ? undefined
      : `\`${paths}\` is no place in an organization`;
  };

const endpointIsOfAnAccount: Fact = ({ request: { context } }) => {
  const organization = oneValue(context, 'aws:VpceOrgID') ?? 'o-none';
  const account = oneValue(context, 'aws:VpceAccount') ?? '000000000000';
  if (!isOrganization(organization)) return `\`${organization}\` is no organization`;
  return /^[0-9]{12}$/.test(account) ? undefined : `\`${account}\` is no account`;
};

/** Whether a path is in an organization, a star before its first slash being a part of the id or more than that. */
function mayBeIn(path: string, organization: string): boolean {
  const [id = ''] = path.split('/');
  const begun = id.replace(/\*.*/s, '*');
  return matches(plainPattern(id), organization) || matches(plainPattern(begun), organization);
}

/** The roots of an organization that paths name, as their own names or in those of their units. */
const rootsNamed = (paths: readonly string[], organization: string): readonly string[] =>
  paths
    .filter((path) => mayBeIn(path, organization))
    .flatMap((path) => [...path.matchAll(/(?:\/r-([a-z0-9]+)(?:\/|$))|(?:[/*]ou-([a-z0-9]+)-)/g)])
    .flatMap(([, own, unit]) => [own ?? unit ?? '']);

/** What policies say of the paths of a key. */
const pathsIn = ({ statements, controls }: Question, key: string): readonly string[] =>
  [...statements, ...controls]
    .flatMap(({ conditions }) => conditions)
    .filter((line) => line.key.toLowerCase() === key.toLowerCase())
    .flatMap(({ values }) => values);

/**
 * An organization has one root. Whoever trusts a path in it knows which; a policy may name another, and nobody says which
 * of the two is wrong. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html
 */
const isUnderTheRoot =
  (key: string): Fact =>
  ({ question, request: { context } }) => {
    const [path = ''] = valuesOf(context, key) ?? [];
    const [organization = '', root = ''] = path.split('/');
    const trusted = rootsNamed(question.zone?.organizationPaths ?? [], organization);
    if (trusted.length === 0) return undefined;
    const possible = [...trusted, ...rootsNamed(pathsIn(question, key), organization)];
    return possible.includes(root.slice(2)) ? undefined : `\`${organization}\` has another root`;
  };

export const organizationFacts: readonly Fact[] = [
  isInOneOrganization,
  tellsOrganizationWhole,
  hasOnePlace('aws:ResourceOrgPaths'),
  hasOnePlace('aws:VpceOrgPaths'),
  endpointIsOfAnAccount,
  isUnderTheRoot('aws:PrincipalOrgPaths'),
  isUnderTheRoot('aws:SourceOrgPaths'),
];
