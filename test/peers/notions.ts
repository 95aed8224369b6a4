import { decide } from '../../shared/access/decide.ts';
import type { DecisionInput } from '../../shared/access/decision.ts';
import type { Grant } from '../../shared/access/grant.ts';
import { inputOf, type PeerCase } from './corpus.ts';

/** Projects speak of other things than grants: here is what our grants say in their terms. */
export type Verdicts = Readonly<Record<string, unknown>>;

function grantsOf(input: DecisionInput): readonly Grant[] | undefined {
  const decision = decide(input);
  return decision.state === 'judged' ? decision.grants : undefined;
}

const isEveryone = ({ outsider }: Grant) => outsider.type === 'anyone' || outsider.type === 'any-account';
const isService = ({ outsider }: Grant) => outsider.type === 'service';
const isOfNetwork = ({ conditions }: Grant) =>
  conditions.some(({ bounds, key }) => bounds === 'network' && /^aws:/i.test(key));

/** S3's own notion shows in what RestrictPublicBuckets does to a grant of another account beside the policy. */
function isPublicToS3(input: DecisionInput): boolean {
  const stranger = {
    Effect: 'Allow',
    Principal: { AWS: '987654321098' },
    Action: 's3:GetObject',
    Resource: `${input.resource.arn}/*`,
  };
  const policies = input.policies.map(({ name, text }) => {
    const policy = JSON.parse(text);
    return { name, text: JSON.stringify({ ...policy, Statement: [...[policy.Statement].flat(), stranger] }) };
  });
  const blockPublicAccess = {
    blockPublicAcls: false,
    ignorePublicAcls: false,
    blockPublicPolicy: false,
    restrictPublicBuckets: true,
  };
  const left = grantsOf({ ...input, policies, blockPublicAccess }) ?? [];
  return !left.some(({ outsider }) => outsider.type === 'account' && outsider.account === '987654321098');
}

const accountsIn = (grants: readonly Grant[]) =>
  [
    ...new Set(grants.flatMap(({ outsider }) => (outsider.type === 'account' ? outsider.account : []))),
  ].sort();

const servicesIn = (grants: readonly Grant[]) =>
  [
    ...new Set(grants.flatMap(({ outsider }) => (outsider.type === 'service' ? outsider.service : []))),
  ].sort();

function restricted(input: DecisionInput) {
  const blockPublicAccess = {
    blockPublicAcls: false,
    ignorePublicAcls: false,
    blockPublicPolicy: false,
    restrictPublicBuckets: true,
  };
  const grants = grantsOf({ ...input, blockPublicAccess }) ?? [];
  return { externalAccounts: accountsIn(grants), services: servicesIn(grants) };
}

const lists = (given: Grant, key: string) =>
  given.conditions
    .filter((line) => line.key.toLowerCase() === key.toLowerCase())
    .flatMap(({ values }) => values);

/** Whether the project takes a network that it does not own for somebody outside. */
function isStrangeNetwork(grant: Grant, { zone, peer }: PeerCase): boolean {
  if (String(peer?.fn).includes('private_ip')) return true;
  if (zone.trustedIps)
    return lists(grant, 'aws:SourceIp').some((address) => !zone.trustedIps?.includes(address));
  if (String(peer?.fn).includes('trusted_ips')) return true;
  const [vpcs, vpces] = [lists(grant, 'aws:SourceVpc'), lists(grant, 'aws:SourceVpce')];
  return (
    (zone.vpcs !== undefined && vpcs.some((vpc) => !zone.vpcs?.includes(vpc))) ||
    (zone.vpces !== undefined && vpces.some((vpce) => !zone.vpces?.includes(vpce)))
  );
}

/** Whether the project looks at services at all. */
function minds(grant: Grant, { peer, source }: PeerCase): boolean {
  if (!isService(grant)) return true;
  if (source.repo !== 'prowler-cloud/prowler') return false;
  return peer?.fn === 'is_condition_block_restrictive' || peer?.check_cross_service_confused_deputy === true;
}

/** What a check of another project looks for, in terms of grants; undefined when it is not about who gets in. */
function isFlagged(
  { peer }: PeerCase,
  minded: readonly Grant[],
  open: readonly Grant[],
): boolean | undefined {
  const check = peer?.check;
  if (check === 'S3ProtectAgainstPolicyLockout') return undefined;
  // A subject that an organization's name does not begin.
  if (typeof check === 'string' && check.startsWith('GithubActions'))
    return minded.some(
      ({ outsider }) => outsider.type === 'federated' && !/^repo:[^*?/]+\//.test(outsider.subject),
    );
  if (check === 'IAMRoleAllowAssumeFromAccount')
    return minded.some(({ outsider }) => outsider.type === 'account' && outsider.principal === undefined);
  if (typeof check === 'string') return open.length > 0;
  const isAboutAll =
    peer?.is_cross_account_allowed === false || peer?.check_cross_service_confused_deputy === true;
  return isAboutAll ? minded.length > 0 : open.length > 0;
}

/** "Public" is another thing to each project. */
function isPublic(
  { source }: PeerCase,
  input: DecisionInput,
  everyone: readonly Grant[],
  open: readonly Grant[],
): boolean {
  if (source.repo === 'BishopFox/cloudfox') return everyone.some(({ conditions }) => conditions.length === 0);
  if (source.repo === 'AWS docs') return open.length > 0 || (everyone.length > 0 && isPublicToS3(input));
  return open.length > 0;
}

/** What we say of each thing that the case's project says something of; things that are not about access are left out. */
export function verdictsOn(given: PeerCase): Verdicts {
  const input = inputOf(given);
  const grants = grantsOf(input);
  if (grants === undefined) return { judged: false };
  const minded = grants.filter(
    (grant) => minds(grant, given) && (!isOfNetwork(grant) || isStrangeNetwork(grant, given)),
  );
  const everyone = grants.filter(isEveryone);
  const open = minded.filter(isEveryone);
  const all: Verdicts = {
    external: minded.length > 0,
    public: isPublic(given, input, everyone, open),
    conditionallyPublic: everyone.length > 0 && everyone.every(({ conditions }) => conditions.length > 0),
    publicPrincipal: everyone.length > 0,
    s3BpaPublic: isPublicToS3(input),
    externalAccounts: accountsIn(grants),
    services: servicesIn(grants),
    withRestrictPublicBuckets: restricted(input),
    flagged: isFlagged(given, minded, open),
  };
  return Object.fromEntries(
    Object.keys(given.expected).flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])),
  );
}
