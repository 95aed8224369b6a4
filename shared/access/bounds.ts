import { isAccountId } from '../iam/arn.ts';
import { type Condition, conditionHolds } from '../iam/condition.ts';
import { isClaim, issuerOfClaim, keyFacts } from '../iam/context-key.ts';
import { type Issuer, issuerOf, tenancyOf } from '../iam/issuer.ts';
import { variableKeys } from '../iam/variable.ts';
import { sourceKeys } from './aws-keys.ts';
import type { Bound, GrantCondition, Outsider } from './grant.ts';
import { isForced } from './service-keys.ts';

/** Values that no policy means to name: a condition that they meet pins nothing down. */
const strangers = ['zq-stranger-81xk', 'arn:aws:zq:zq-1:000000000081:stranger/81xk'];

/**
 * Addresses far apart, of registries all over the world and of no block that examples use: ranges that take in all of
 * one family are no network.
 */
const strangeAddresses = [
  ['223.130.195.201', '5.83.17.91', '64.71.155.3', '177.45.190.12', '133.205.61.9'],
  ['2c0f:f248:81::1', '2001:470:81::1', '2600:3c81::1', '2a02:8109::1'],
];

const arnKeys = /^aws:(principalarn|sourcearn)$|arn$/;

/** Whether each value of an ARN condition says which account, or which accounts by a part of their ids. */
function namesAccount({ operator, values }: Condition): boolean {
  return values.every((value) => {
    const segments = value.split(':');
    const account = segments[4] ?? '';
    if (operator.comparison !== 'StringLike') return /^[\d*?]*\d[\d*?]*$/.test(account);
    return isAccountId(account) && !/[*?]/.test(segments.slice(0, 4).join(':'));
  });
}

const ofAccount = /\d/;
const ofId = /-[*?]*[a-z0-9]/i;
/** A path must begin with what names its organization: the ids below it are unique within one only. */
const ofPath = /^o-\?*[a-z0-9]/i;

/** What a value must hold to name somebody, by its key: less of it (`o-*`, `vpc-*`, `AROA*`) is all there are. */
const naming: Readonly<Record<string, RegExp>> = {
  'aws:principalaccount': ofAccount,
  'kms:calleraccount': ofAccount,
  'aws:sourceaccount': ofAccount,
  'aws:sourceowner': ofAccount,
  'aws:vpceaccount': ofAccount,
  's3:dataaccesspointaccount': ofAccount,
  'aws:principalorgid': ofId,
  'aws:sourceorgid': ofId,
  'aws:vpceorgid': ofId,
  'aws:principalorgpaths': ofPath,
  'aws:sourceorgpaths': ofPath,
  'aws:vpceorgpaths': ofPath,
  'aws:sourcevpc': ofId,
  'aws:sourcevpce': ofId,
  'aws:ec2instancesourcevpc': ofId,
  'vpc-lattice-svcs:sourcevpc': ofId,
  'vpc-lattice-svcs:sourcevpcowneraccount': ofAccount,
  // Its account or its VPC; an access point's name is one in an account only.
  'aws:sourcevpcarn': /:[*?]*\d[\d*?]*:|\bvpc-[*?]*[a-z0-9]/i,
  's3:dataaccesspointarn': /:[*?]*\d[\d*?]*:/,
  'aws:federatedprovider': /(?:^(?!.*-provider\/|arn:)|-provider\/)[*?]*[^*?]/i,
  // That the caller is no service names nobody.
  'aws:principalisawsservice': /^true$/i,
  // An id's first four letters say what sort of principal it is of; what is behind its colon, the caller chooses.
  'aws:userid': /^(?:(?!anonymous)A[A-Z]{3}[A-Z0-9]|\d{12})/i,
};

function namesNobody({ key, values }: Condition): boolean {
  const needed = Object.hasOwn(naming, key) ? naming[key] : undefined;
  return needed !== undefined && values.some((value) => !value.includes('${') && !needed.test(value));
}

const ofAllRequests = /^aws:(?:currenttime|epochtime|securetransport)$/;
/** Nobody has them who comes as a service or with a token, and among all callers are services. */
const ofAllPrincipals = /^aws:(?:principalaccount|principaltype|userid)$/;

/** Whether every request of such an outsider carries the key, so that an absent one need not be thought of. */
function isAlwaysThere(key: string, outsider: Outsider): boolean {
  if (ofAllRequests.test(key)) return true;
  switch (outsider.type) {
    case 'anyone':
    case 'any-account':
    case 'service':
      return false;
    case 'federated':
      return /:(?:sub|aud)$/.test(key) && issuerOfClaim(key) === outsider.provider.toLowerCase();
    default:
      return ofAllPrincipals.test(key);
  }
}

/** Whether it speaks of what a service acts for, and the callers are no services: it says nothing of who they are. */
const isSourceOfOthers = ({ key }: Condition, { type }: Outsider): boolean =>
  sourceKeys.has(key) && type !== 'service' && type !== 'anyone';

function isVacuous(condition: Condition, outsider: Outsider): boolean {
  const { operator, key } = condition;
  if (isSourceOfOthers(condition, outsider)) return true;
  if (operator.comparison === 'Null') return condition.values.some((value) => value.toLowerCase() === 'true');
  if (operator.negated) return true;
  if (conditionHolds(condition, undefined) && !isAlwaysThere(key, outsider)) return true;
  const { type } = condition.facts;
  const isMet = (value: string) => conditionHolds(condition, value);
  if (type === 'address') return strangeAddresses.some((family) => family.every(isMet));
  return type === 'text' && strangers.some(isMet);
}

/**
 * The audience of a known issuer, where another claim tells its tenants apart: as a rule `sts.amazonaws.com` for all.
 * Google's own is in `oaud` where a token says who asked for it, who then chose the audience as well.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
function isForEveryTenant(key: string): boolean {
  if (!key.endsWith(':aud') && !key.endsWith(':oaud')) return false;
  const { listed, tenantKey } = issuerOf(issuerOfClaim(key));
  return listed && tenantKey !== key;
}

/** Whether the caller, or an admin of its account, chooses what it is compared with: a tag, an ExternalId. */
function isComparedWithChoice({ values, variables }: Condition): boolean {
  const isChosen = (key: string) => keyFacts(key).reach === 'none' && !/^(?:aws|s3):resource/.test(key);
  return variables && values.some((value) => variableKeys(value).some(isChosen));
}

/** Whether the values leave open whom or which network they name; that there is one, names none. */
function isBoundless(condition: Condition): boolean {
  const { key, operator, facts } = condition;
  if (operator.comparison === 'Null') return facts.reach !== 'request';
  if (namesNobody(condition)) return true;
  if (facts.reach === 'caller' && arnKeys.test(key) && !namesAccount(condition)) return true;
  return (facts.reach === 'caller' || facts.reach === 'network') && isComparedWithChoice(condition);
}

/** Whether a value says nothing of the tenant, or only what all tenants' claims begin or end with. */
function isOfAnyTenant({ key, values }: Condition, issuer: Issuer): boolean {
  return values.some((value) => tenancyOf(issuer, key, value) === 'any');
}

/** Whether what a service says of the resource that it encrypts for is of a named account. */
const namesForced = (condition: Condition): boolean =>
  isForced(condition.key) &&
  (condition.key.endsWith(':arn') ? namesAccount(condition) : isOfAccounts(condition));

const isOfAccounts = ({ values }: Condition): boolean => values.every((value) => ofAccount.test(value));

/** What a remaining condition really pins down. */
function boundOf(condition: Condition, outsider: Outsider): Bound {
  const { reach } = condition.facts;
  const issuer = outsider.type === 'federated' ? issuerOf(outsider.provider) : undefined;
  const isTenant = issuer?.tenantKey === condition.key;
  if ((reach === 'none' && !isTenant) || isVacuous(condition, outsider)) return 'none';
  if (isBoundless(condition)) return 'none';
  if (issuer !== undefined && isOfAnyTenant(condition, issuer)) return 'none';
  if (isTenant) return 'provider';
  if (outsider.type === 'service' && namesForced(condition)) return 'caller';
  if (isClaim(condition.key) && (outsider.type !== 'federated' || isForEveryTenant(condition.key)))
    return 'none';
  // A provider that serves everybody is named already, and tells none of its tenants apart.
  if (condition.key === 'aws:federatedprovider' && issuer?.listed === true) return 'none';
  return reach;
}

/** The key as AWS writes it, where AWS has such a key. */
function writtenName({ key, facts: { name }, writtenKey }: Condition): string {
  return name === key ? writtenKey : name + writtenKey.slice(name.length);
}

/** A condition that remains on a grant. */
export function remaining(condition: Condition, outsider: Outsider): GrantCondition {
  return {
    key: writtenName(condition),
    operator: condition.writtenOperator,
    values: condition.values,
    bounds: boundOf(condition, outsider),
  };
}
