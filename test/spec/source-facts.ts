import { accountOfArn, arnParts } from './arn.ts';
import { accountOf } from './caller-facts.ts';
import { isOrganization, isPath } from './organization-facts.ts';
import { type Context, oneValue, valuesOf } from './request.ts';
import type { Fact } from './world.ts';

/**
 * For whom a service acts. The keys are there only when a service principal calls by itself on behalf of a
 * resource, never when a person or a role calls.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount
 */
const keys = ['aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'];

/**
 * Whoever makes an integration tells by aws:SourceArn what it is from.
 * https://docs.aws.amazon.com/glue/latest/dg/zero-etl-target.html
 */
const tellsSource = (action: string): boolean => /^(glue|redshift):CreateInboundIntegration$/i.test(action);

const onlyServicesHaveSources: Fact = ({ request: { principal, action, context } }) => {
  const others = keys.filter((key) => !(key === 'aws:SourceArn' && tellsSource(action)));
  const present = others.find((key) => valuesOf(context, key) !== undefined);
  return principal.type !== 'Service' && present ? `only services have \`${present}\`` : undefined;
};

const sourceIsOneAccount: Fact = ({ request: { context } }) => {
  const account = oneValue(context, 'aws:SourceAccount');
  const arn = oneValue(context, 'aws:SourceArn');
  if (account !== undefined && !/^\d{12}$/.test(account)) return `\`${account}\` is no account`;
  if (arn === undefined) return undefined;
  if (arnParts(arn) === undefined || /[*?]/.test(arn)) return `\`${arn}\` is no ARN`;
  const owner = accountOfArn(arn);
  return account !== undefined && owner !== undefined && account !== owner
    ? 'the source is of another account than its ARN says'
    : undefined;
};

const sourceIsInOneOrganization: Fact = ({ request: { context }, asksFor }) => {
  const organization = oneValue(context, 'aws:SourceOrgID');
  const paths = valuesOf(context, 'aws:SourceOrgPaths');
  if (organization !== undefined && !isOrganization(organization))
    return `\`${organization}\` is no organization`;
  if (paths !== undefined && !(paths.length === 1 && isPath(paths[0] ?? '')))
    return `\`${paths}\` is no path`;
  if (paths && organization && !paths[0]?.startsWith(`${organization}/`))
    return 'the path is in another organization';
  if (paths && !organization && asksFor('aws:SourceOrgID'))
    return 'a member of an organization has `aws:SourceOrgID`';
  return undefined;
};

/**
 * aws:SourceOwner, of old: SNS still sets it, to the account of whoever calls.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
const sourceOwnerIsTheCaller: Fact = ({ request: { principal, context } }) => {
  const owner = oneValue(context, 'aws:SourceOwner');
  if (owner === undefined) return undefined;
  if (!/^\d{12}$/.test(owner)) return `\`${owner}\` is no account`;
  if (principal.type === 'Service') {
    const source = oneValue(context, 'aws:SourceAccount');
    return source !== undefined && source !== owner ? 'the source has another owner' : undefined;
  }
  return owner === accountOf(principal, context) ? undefined : 'the source owner is the caller itself';
};

/**
 * kms:CallerAccount speaks of "identities (users and roles)" of an account; services are taken to have none.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account
 */
const kmsKnowsTheCaller: Fact = ({ question, request: { principal, context }, asksFor }) => {
  const caller = oneValue(context, 'kms:CallerAccount');
  if (principal.type === 'Service' && caller !== undefined) return 'a service has no `kms:CallerAccount`';
  if (principal.type !== 'AWS' || question.resource.kind !== 'kms:key') return undefined;
  if (caller === undefined) return asksFor('kms:CallerAccount') ? 'KMS sets `kms:CallerAccount`' : undefined;
  return caller === accountOf(principal, context) ? undefined : 'the caller is of another account';
};

const accountContext = 'kms:EncryptionContext:aws:ses:source-account';
const forced = /^kms:encryptioncontext:aws:([a-z0-9-]+:)+arn$/i;

/**
 * A service that encrypts for its own resource puts that resource's ARN into the encryption context, under
 * `aws:SERVICE:arn`, and nobody can make it say another's. A bucket's has no account in it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
 */
function encryptsFor(context: Context): string | undefined {
  const key = Object.keys(context).find((name) => forced.test(name));
  return key && oneValue(context, key);
}

/**
 * The account for which a service encrypts, where it says so; SES does by the account alone.
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-ses.html
 */
export const encryptsForAccount = (context: Context): string | undefined =>
  oneValue(context, accountContext) ?? accountOfArn(encryptsFor(context) ?? '');

const sesSaysItsSource: Fact = ({ request: { principal, context } }) => {
  const account = oneValue(context, accountContext);
  if (principal.type !== 'Service' || account === undefined) return undefined;
  return /^\d{12}$/.test(account) && oneValue(context, 'aws:SourceAccount') === account
    ? undefined
    : 'what is encrypted is of the account for which the service acts';
};

const servicesEncryptForTheirSource: Fact = ({ request: { principal, context } }) => {
  const resource = encryptsFor(context);
  if (principal.type !== 'Service' || resource === undefined) return undefined;
  if (/[*?]/.test(resource)) return `\`${resource}\` is no ARN`;
  const owner = accountOfArn(resource);
  if (owner === undefined && /^arn:[a-z-]+:s3:::./.test(resource)) return undefined;
  return owner !== undefined && (oneValue(context, 'aws:SourceAccount') ?? owner) === owner
    ? undefined
    : 'what is encrypted is of the account for which the service acts';
};

/** What describes the resource is the same for every caller. */
const resourceIsTheOwners: Fact = ({ question, request: { context } }) => {
  const wrong = ['aws:ResourceAccount', 's3:ResourceAccount'].find(
    (key) => (oneValue(context, key) ?? question.resource.owner) !== question.resource.owner,
  );
  return wrong && `\`${wrong}\` is the owner`;
};

export const sourceFacts: readonly Fact[] = [
  onlyServicesHaveSources,
  sourceIsOneAccount,
  sourceIsInOneOrganization,
  sourceOwnerIsTheCaller,
  kmsKnowsTheCaller,
  servicesEncryptForTheirSource,
  sesSaysItsSource,
  resourceIsTheOwners,
];
