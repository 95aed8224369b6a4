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

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path */
export const isPath = (text: string): boolean => /^o-[a-z0-9]+\/r-[a-z0-9]+\/(ou-[a-z0-9-]+\/)*$/.test(text);

/** So is the account of the resource; in which, is for the zone to say. */
const resourceIsInOneOrganization: Fact = ({ request: { context } }) => {
  const paths = valuesOf(context, 'aws:ResourceOrgPaths');
  return paths === undefined || (paths.length === 1 && isPath(paths[0] ?? ''))
    ? undefined
    : `\`${paths}\` is no place in an organization`;
};

export const organizationFacts: readonly Fact[] = [
  isInOneOrganization,
  tellsOrganizationWhole,
  resourceIsInOneOrganization,
];
