import type { KeyValue } from '../iam/condition.ts';
import { keyFacts } from '../iam/context-key.ts';
import { principalTypes, uniqueIdOf } from './aws-keys.ts';
import type { Caller } from './caller.ts';
import { resourceKey, type Setting } from './domain.ts';
import type { RequestContext, Witness, WitnessPrincipal } from './grant.ts';
import { domainOf } from './key-domain.ts';

/** What is true of every caller of a sort, asked for or not. */
const always: Readonly<Record<Caller['sort'], readonly string[]>> = {
  anonymous: ['aws:principalaccount', 'aws:principaltype', 'aws:userid'],
  aws: [
    'aws:principalaccount',
    'aws:principalarn',
    'aws:principaltype',
    'aws:principalisawsservice',
    'aws:userid',
    'aws:principalorgid',
    'aws:principalorgpaths',
  ],
  canonical: ['aws:principalaccount', 'aws:principalarn', 'aws:principalisawsservice', 'aws:userid'],
  service: [
    'aws:principalisawsservice',
    'aws:principalservicename',
    'aws:principalservicenameslist',
    'aws:sourceaccount',
    'aws:sourceorgid',
    'aws:sourceorgpaths',
  ],
  federated: ['aws:federatedprovider'],
};

const network = ['aws:sourceip', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:securetransport'];

function usualValue(key: string, setting: Setting): KeyValue {
  const domain = domainOf(key, setting);
  if (domain.state === 'fixed') return domain.value;
  const [first] = domain.presence === 'always' ? domain.fresh : [];
  return first === undefined ? undefined : domain.multiValued ? [first] : first;
}

/** The key as AWS writes it: the name of its family, then the reader's own part. */
function nameOf(key: string): string {
  const { name } = keyFacts(key);
  return name.length < key.length ? name + key.slice(name.length) : name;
}

function contextOf(
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
  asked: ReadonlySet<string>,
): RequestContext {
  const context: Record<string, string | readonly string[]> = {};
  const { caller, action } = setting;
  const url = action.toLowerCase() === 'lambda:invokefunctionurl' ? ['lambda:functionurlauthtype'] : [];
  const keys = new Set([
    ...always[caller.sort],
    ...(caller.sort === 'service' ? [] : network),
    ...url,
    ...asked,
    ...values.keys(),
  ]);
  keys.delete(resourceKey);
  for (const key of keys) {
    const value = values.has(key) ? values.get(key) : usualValue(key, setting);
    if (value !== undefined) context[nameOf(key)] = value;
  }
  const time = values.get('aws:epochtime') ?? context['aws:EpochTime'] ?? context['aws:CurrentTime'];
  if (asked.has('aws:currenttime')) context['aws:CurrentTime'] = new Date(Number(time) * 1000).toISOString();
  if (!asked.has('aws:epochtime')) delete context['aws:EpochTime'];
  return context;
}

/** Where neither role nor user was asked for, the ARN that was found says which it is. */
function typed(caller: Caller, context: RequestContext): RequestContext {
  if (caller.sort !== 'aws' || caller.form !== 'any') return context;
  const arn = String(context['aws:PrincipalArn']);
  const form = arn.endsWith(':root') ? 'root' : arn.includes(':user/') ? 'user' : 'role';
  return {
    ...context,
    'aws:PrincipalType': principalTypes[form],
    'aws:userid': uniqueIdOf(form, caller.account),
  };
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
 * @param asked keys that the policies name: a request carries those of them that all requests carry
 */
export function witnessOf(
  setting: Setting,
  values: ReadonlyMap<string, KeyValue>,
  asked: ReadonlySet<string>,
): Witness {
  const context = typed(setting.caller, contextOf(setting, values, asked));
  const resource = values.get(resourceKey) ?? usualValue(resourceKey, setting);
  return {
    action: setting.action,
    resource: typeof resource === 'string' ? resource : '*',
    principal: principalOf(setting.caller, context),
    context,
  };
}
