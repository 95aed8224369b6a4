import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import { takesRoleByPassRole, withoutRegion } from '../iam/service.ts';
import { isHopeless } from './budget.ts';
import type { Caller, Membership } from './caller.ts';
import { firstOf, memberships } from './distinct-callers.ts';
import { strangerAccount } from './domain.ts';
import type { Goal } from './goal.ts';
import type { Outsider } from './grant.ts';
import { membershipIn } from './membership.ts';
import { namesAny } from './mentions.ts';
import { type Part, partsOf, widest } from './organization-parts.ts';
import { outsidePaths } from './outside-goals.ts';
import { namesOfOwn, ownMentions, ownNames } from './own-mentions.ts';
import { type Admission, admit, type Question, unsettledAs } from './question.ts';
import type { Refusals } from './refusals.ts';
import { questionWithin } from './region.ts';
import { accountsLike, organizationsLike, strangers } from './representatives.ts';
import { isOfServiceLinkedRole } from './service-linked-role.ts';
import { servicesLike } from './services-like.ts';

const pathKey = 'aws:sourceorgpaths';
const organizationKeys = ['aws:sourceorgid', pathKey] as const;

/** A service as it is reported (a service principal, or `*`), and the one of the witness. */
interface Acting {
  readonly name: string;
  readonly service: string;
  readonly otherNames: readonly string[];
}

interface Source {
  /** As it is reported. */
  readonly label: string;
  readonly account: string | undefined;
  readonly membership?: Membership;
  readonly goals?: readonly Goal[];
}

const callerOf = (
  { service, otherNames }: Acting,
  account: string | undefined,
  membership?: Membership,
): Caller => ({ sort: 'service', service, account, membership, otherNames });

const outsiderOf = ({ name }: Acting, source: string): Outsider => ({
  type: 'service',
  service: name,
  source,
});

function trySource(
  question: Question,
  acting: Acting,
  { label, account, membership, goals }: Source,
  refusals?: Refusals,
) {
  const caller = callerOf(acting, account, membership);
  return admit(question, caller, outsiderOf(acting, label), goals, refusals);
}

/** Any account's resources; in any organization, where the policies ask for one; or calls that do not tell. */
function anySource(question: Question, acting: Acting): Admission | undefined {
  const organizations = namesOfOwn(question, organizationKeys)
    ? [...organizationsLike(question, ownMentions(question).source, '*')]
    : none;
  const inAny = (account: string, refusals: Refusals) =>
    firstOf(organizations, (organization) => {
      const membership = membershipIn(question, question.mentions.source, organization);
      return trySource(question, acting, { label: 'any', account, membership }, refusals);
    });
  return (
    firstOf(strangers(question, 'source'), (account) => {
      const refusals: Refusals = [];
      return trySource(question, acting, { label: 'any', account }, refusals) ?? inAny(account, refusals);
    }) ?? trySource(question, acting, { label: 'any', account: undefined })
  );
}

/** Members of any organization, or of those parts of them that the policies name, for whom the service acts. */
function sourceOrganizations(
  question: Question,
  acting: Acting,
  strange: readonly string[],
): readonly Admission[] {
  if (!namesOfOwn(question, organizationKeys)) return none;
  const own = ownMentions(question);
  const outside = outsidePaths(question.zone, pathKey);
  const tryPart = ({ label, ids, region, goals }: Part) => {
    const asked = isHopeless(question.budget) ? undefined : questionWithin(question, region, outside);
    if (asked === undefined) return undefined;
    const more = goals();
    return firstOf(organizationsLike(question, own.source, ids), (organization) => {
      const membership = membershipIn(question, question.mentions.source, organization, region.like);
      if (membership.roots.length === 0) return undefined;
      const said = label === '*' ? 'any' : label;
      return firstOf(strange, (account) =>
        trySource(asked, acting, { label: said, account, membership, goals: more }),
      );
    });
  };
  return widest(partsOf(own.source, pathKey), tryPart);
}

function namedSources(question: Question, acting: Acting): readonly Admission[] {
  const own = ownMentions(question).source;
  const ofAccount = (label: string, id: string) => {
    if (isHopeless(question.budget)) return undefined;
    const refusals: Refusals = [];
    return firstOf(memberships(question, 'source', organizationKeys), (membership) =>
      trySource(question, acting, { label, account: id, ...(membership && { membership }) }, refusals),
    );
  };
  const patterns = gather(own.accountPatterns, (pattern) =>
    firstOf(accountsLike(question, own, pattern), (id) => ofAccount(pattern, id)),
  );
  const accounts = [...ownNames(question).sources].filter((id) => !question.zone.accounts.has(id));
  const organizations = sourceOrganizations(question, acting, [...strangers(question, 'source')]);
  return [...organizations, ...patterns, ...gather(accounts, (id) => ofAccount(id, id))];
}

/**
 * A service-linked role: the service that it is linked to has written its trust policy, which nobody can change, and
 * takes it for resources of the role's own account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const isServiceLinked = ({ setting: { resource } }: Question): boolean =>
  resource.state === 'fixed' && isOfServiceLinkedRole(String(resource.value));

const isTrust = ({ kind, anyCaller }: Question) => kind === 'iam:role' && !anyCaller;

function fromSources(question: Question, acting: Acting): readonly Admission[] {
  const any = anySource(question, acting);
  if (any !== undefined) return [any];
  const named = namedSources(question, acting);
  return isHopeless(question.budget)
    ? [unsettledAs(outsiderOf(acting, 'any'), callerOf(acting, strangerAccount))]
    : named;
}

/** A service acting for accounts outside. In a trust policy, iam:PassRole keeps nearly all services inside the account. */
export function admitService(question: Question, service: string): readonly Admission[] {
  const trust = isTrust(question);
  if (trust && isServiceLinked(question)) return [];
  for (const one of service === '*' ? standInsFor(question) : [service]) {
    if (trust && takesRoleByPassRole(one)) continue;
    for (const otherNames of otherNamesOf(question, one)) {
      const found = fromSources(question, { name: service, service: one, otherNames });
      if (found.length > 0) return found;
    }
  }
  return [];
}

const namesKey = 'aws:principalservicenameslist';
const alone: readonly (readonly string[])[] = [none];

/** Regions of which one fits most globs. */
const someRegions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];

/**
 * Many services have a name for all regions and one for each: a request lists both, of the region that it comes from.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalservicenameslist
 */
function otherNamesOf({ mentions }: Question, service: string): readonly (readonly string[])[] {
  if (!mentions.keys.has(namesKey)) return alone;
  const everywhere = withoutRegion(service);
  if (everywhere !== service) return [none, [everywhere]];
  const mentioned = [...mentions.services].filter(
    (other) => other !== service && withoutRegion(other) === service,
  );
  const made = someRegions.map((region) => service.replace(/(?=\.amazonaws\.)/, `.${region}`));
  return [none, ...[...mentioned, ...made].map((name) => [name])];
}

/** The services that the policies mention; where they speak of lists of names, by their names for all regions as well. */
function mentionedServices(question: Question): Iterable<string> {
  const { services } = ownNames(question);
  return question.mentions.keys.has(namesKey)
    ? new Set([...services, ...gather(services, withoutRegion)])
    : services;
}

/** Services of which one that no policy mentions stands for all; or up to three, where policies ask for names. */
const standIns = ['sns', 'cloudtrail', 'events', 's3', 'logs', 'delivery.logs', 'ses', 'config', 'kms'].map(
  (name) => `${name}.amazonaws.com`,
);

const serviceKeys = ['aws:principalservicename', namesKey];

/** Services that stand for all: in a trust policy, for those that take a role without iam:PassRole. */
function standInsFor(question: Question): readonly string[] {
  const { mentions } = question;
  const trust = isTrust(question);
  const left = standIns.filter(
    (service) => !(mentions.services.has(service) || (trust && takesRoleByPassRole(service))),
  );
  const usual = left.slice(0, namesAny(mentions, serviceKeys) ? 3 : 1);
  return mentions.serviceGlobs.size === 0 ? usual : [...usual, ...servicesLike(question)];
}

const sourceOf = ({ outsider }: Admission) => (outsider.type === 'service' ? outsider.source : undefined);

/** Any service; and, for sources for which not any comes, those that the policies mention. */
export function admitAnyService(question: Question): readonly Admission[] {
  const any = admitService(question, '*');
  const sources = new Set(any.map(sourceOf));
  if (sources.has('any')) return any;
  const named = gather(mentionedServices(question), (service) => admitService(question, service));
  return [...any, ...named.filter((one) => !sources.has(sourceOf(one)))];
}
