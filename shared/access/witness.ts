import { accountSegment } from '../iam/arn-pattern.ts';
import type { KeyValue } from '../iam/condition.ts';
import { keyName } from '../iam/context-key.ts';
import { claimName, type Issuer } from '../iam/issuer.ts';
import { none } from '../iam/none.ts';
import { accountKey } from './access-point.ts';
import { principalTypes, uniqueIdOf, usualArn } from './aws-keys.ts';
import { type Caller, formOf, isOfSession } from './caller.ts';
import { resourceKey, type Setting, usualAddress } from './domain.ts';
import type { RequestContext, Witness, WitnessPrincipal } from './grant.ts';
import { domainOf } from './key-domain.ts';
import type { Mentions } from './mentions.ts';
import { tagKeys, tagPrefix } from './pair-names.ts';

type Context = Record<string, string | readonly string[]>;

/** A value that the key may have when nothing asks for another; undefined when the request may lack it. */
function usualValue(key: string, setting: Setting): KeyValue {
  const domain = domainOf(key, setting);
  if (domain.state === 'fixed') return domain.value;
  const [first] = domain.presence === 'always' ? domain.fresh : [];
  return first === undefined ? undefined : domain.multiValued ? [first] : first;
}

const settledValue = (key: string, setting: Setting, values: ReadonlyMap<string, KeyValue>): KeyValue =>
  values.has(key) ? values.get(key) : usualValue(key, setting);

type AwsCaller = Extract<Caller, { sort: 'aws' }>;

/** The ARN by which the caller's principal is known. */
function arnOf(
  { account, form }: Pick<AwsCaller, 'account' | 'form'>,
  known: string | undefined,
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
): string {
  if (known !== undefined && !(isOfSession(known) && known.includes(':assumed-role/'))) return known;
  if (known === undefined && !values.has('aws:principalarn'))
    return usualArn(form, account, setting.scene.partition);
  return String(settledValue('aws:principalarn', setting, values) ?? '');
}

/** A federated user's ARN: its name is that of its id where only the id was asked for a name. */
function federatedArnOf(arn: string, id: KeyValue): string {
  if (typeof id !== 'string' || !arn.endsWith('/outsider')) return arn;
  return arn.slice(0, arn.lastIndexOf('/') + 1) + id.slice(id.indexOf(':') + 1);
}

function awsContext(
  caller: Pick<AwsCaller, 'account' | 'form'>,
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
): Context {
  const { account, form } = caller;
  const known = setting.caller.sort === 'aws' ? setting.caller.arn : undefined;
  const first = arnOf(caller, known, setting, values);
  const actual = form === 'any' ? formOf(first) : form;
  const arn = actual === 'federated-user' ? federatedArnOf(first, values.get('aws:userid')) : first;
  return {
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': arn,
    'aws:PrincipalType': principalTypes[actual],
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': uniqueIdOf(actual, account, actual === 'federated-user' ? arn : known),
  };
}

/** A token's issuer, its subject and its audience, and what else tells the issuer's tenants apart. */
function tokenContext(
  { principal, provider, issuer }: Extract<Caller, { sort: 'federated' }>,
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
): Context {
  const context: Context = { 'aws:FederatedProvider': principal };
  if (provider.startsWith('saml-provider/')) return context;
  for (let i = 0; i < issuer.standard.length; i += 1) {
    const { key, name } = issuer.standard[i] as (typeof issuer.standard)[number];
    const value = settledValue(key, setting, values);
    if (value !== undefined) context[name] = value;
  }
  return context;
}

/** What is true of every caller of a sort, asked for or not. */
function callerContext(setting: Setting, values: ReadonlyMap<string, KeyValue>): Context {
  const { caller } = setting;
  switch (caller.sort) {
    case 'anonymous':
      return {
        'aws:PrincipalAccount': 'anonymous',
        'aws:PrincipalType': 'Anonymous',
        'aws:userid': 'anonymous',
      };
    case 'aws':
    case 'canonical':
      return awsContext(caller, setting, values);
    case 'service':
      return {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': caller.service,
        'aws:PrincipalServiceNamesList': [caller.service],
        ...(caller.account === undefined ? {} : { 'aws:SourceAccount': caller.account }),
      };
    case 'federated':
      return tokenContext(caller, setting, values);
    default:
      return caller satisfies never;
  }
}

const organizationKeys = {
  aws: ['aws:principalorgid', 'aws:principalorgpaths'],
  canonical: ['aws:principalorgid', 'aws:principalorgpaths'],
  service: ['aws:sourceorgid', 'aws:sourceorgpaths'],
} as const;

/** A key as AWS writes it; a claim under its issuer's name, letter case and all. */
export function contextName(key: string, issuer: Issuer | undefined): string {
  return (issuer === undefined ? undefined : claimName(key, issuer)) ?? keyName(key);
}

function add(context: Context, key: string, value: KeyValue, issuer?: Issuer): void {
  if (value === undefined) return;
  const name = contextName(key, issuer);
  // Policies name keys as they like: this one would not be set but change what the object is.
  if (name === '__proto__') Object.defineProperty(context, name, { value, enumerable: true });
  else context[name] = value;
}

const endpointKeys = ['aws:sourcevpc', 'aws:sourcevpce'];

function addNetwork(context: Context, setting: Setting, values: ReadonlyMap<string, KeyValue>): void {
  if (setting.caller.sort !== 'service') {
    if (setting.network === 'internet') context['aws:SourceIp'] = usualAddress;
    else for (const key of endpointKeys) add(context, key, settledValue(key, setting, values));
    context['aws:SecureTransport'] = 'true';
  }
  if (setting.action === 'lambda:InvokeFunctionUrl') {
    add(context, 'lambda:functionurlauthtype', usualValue('lambda:functionurlauthtype', setting));
  }
  if (setting.action === 'lambda:InvokeFunction' && setting.caller.sort === 'anonymous') {
    add(context, 'lambda:invokedviafunctionurl', usualValue('lambda:invokedviafunctionurl', setting));
  }
}

function addTime(
  context: Context,
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
  asked: ReadonlySet<string>,
): void {
  if (asked.has('aws:currenttime') && !values.has('aws:currenttime')) {
    const seconds = Number(context['aws:EpochTime'] ?? Math.floor(setting.scene.clock.now / 1000));
    context['aws:CurrentTime'] = new Date(seconds * 1000).toISOString();
  }
  if (!asked.has('aws:epochtime')) delete context['aws:EpochTime'];
}

/** The account of an access point is the one in its ARN. */
function addAccountOfPoint(context: Context): void {
  const arn = context['s3:DataAccessPointArn'];
  const account = typeof arn === 'string' ? accountSegment(arn) : undefined;
  if (account !== undefined) context['s3:DataAccessPointAccount'] ??= account;
}

function addMembership(context: Context, setting: Setting, values: ReadonlyMap<string, KeyValue>): void {
  const { caller } = setting;
  if (caller.sort === 'anonymous' || caller.sort === 'federated' || caller.membership === undefined) return;
  for (const key of organizationKeys[caller.sort]) add(context, key, settledValue(key, setting, values));
}

/** Every tag of a request stands in the list of their keys, and what stands there is a tag. */
function addTags(context: Context): void {
  const tags = Object.keys(context).filter((key) => key.toLowerCase().startsWith(tagPrefix));
  const listed = [context['aws:TagKeys'] ?? none].flat();
  const lower = new Set(listed.map((name) => name.toLowerCase()));
  const unlisted = tags
    .map((key) => key.slice(tagPrefix.length))
    .filter((name) => !lower.has(name.toLowerCase()));
  if (unlisted.length > 0) context['aws:TagKeys'] = [...listed, ...unlisted];
  const known = new Set(tags.map((key) => key.slice(tagPrefix.length).toLowerCase()));
  for (const name of listed)
    if (!known.has(name.toLowerCase())) context[`aws:RequestTag/${name}`] = 'outsider';
}

/** What a request has beside one of the keys that the policies ask for. */
function addCompanions(context: Context, asked: ReadonlySet<string>): void {
  if (asked.has(tagKeys) || [...asked].some((key) => key.startsWith(tagPrefix))) addTags(context);
  if (asked.has('aws:calledvia') && context['aws:CalledVia'] !== undefined)
    context['aws:ViaAWSService'] ??= 'true';
}

const namingKeys: readonly string[] = ['aws:principalarn', 'aws:userid'];

/** The keys that the policies ask for and those that the search found, but for what is settled by who the caller is. */
function addKeys(
  context: Context,
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
  asked: ReadonlySet<string>,
): void {
  const { caller } = setting;
  const hasName = caller.sort === 'aws' || caller.sort === 'canonical';
  const issuer = caller.sort === 'federated' ? caller.issuer : undefined;
  for (const key of asked) {
    if (!values.has(key) && !(hasName && namingKeys.includes(key)))
      add(context, key, usualValue(key, setting), issuer);
  }
  // The name of a federated user stands in its ARN and in its id.
  const isNamed = context['aws:PrincipalType'] === principalTypes['federated-user'];
  for (const [key, value] of values)
    if (key !== resourceKey && !(isNamed && namingKeys.includes(key))) add(context, key, value, issuer);
}

function contextOf(
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
  { keys: asked, pairedKeys }: Mentions,
): Context {
  const context = callerContext(setting, values);
  addMembership(context, setting, values);
  addNetwork(context, setting, values);
  addKeys(context, setting, values, asked);
  if (asked.has(accountKey)) addAccountOfPoint(context);
  if (pairedKeys) addCompanions(context, asked);
  if (asked.has('aws:currenttime') || values.has('aws:epochtime')) addTime(context, setting, values, asked);
  return context;
}

function principalOf(caller: Caller, context: RequestContext): WitnessPrincipal {
  switch (caller.sort) {
    case 'anonymous':
      return { type: 'anonymous' };
    case 'aws':
      return { type: 'AWS', arn: caller.arn ?? String(context['aws:PrincipalArn']) };
    case 'service':
      return { type: 'Service', service: caller.service };
    case 'federated':
      return { type: 'Federated', provider: caller.principal };
    case 'canonical':
      return { type: 'CanonicalUser', id: caller.id };
    default:
      return caller satisfies never;
  }
}

/**
 * The request that the search found, with all that is true of its caller.
 * @param mentions what the policies name: of their keys a request carries those that all requests carry
 */
export function witnessOf(
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
  mentions: Mentions,
): Witness {
  const context = contextOf(setting, values, mentions);
  const resource = values.get(resourceKey) ?? usualValue(resourceKey, setting);
  return {
    action: setting.action,
    resource: typeof resource === 'string' ? resource : '*',
    principal: principalOf(setting.caller, context),
    context,
  };
}
