import type { KeyValue } from '../iam/condition.ts';
import { keyFacts } from '../iam/context-key.ts';
import type { Caller } from './caller.ts';
import { principalArnOf } from './caller.ts';
import type { RequestContext, Witness, WitnessPrincipal } from './grant.ts';
import { domainOf, resourceKey, type Setting } from './key-domain.ts';

/** What is true of every caller of a sort, asked for or not. */
const always: Readonly<Record<Caller['sort'], readonly string[]>> = {
  anonymous: ['aws:principalaccount', 'aws:principaltype'],
  aws: [
    'aws:principalaccount',
    'aws:principalarn',
    'aws:principaltype',
    'aws:principalorgid',
    'aws:principalorgpaths',
  ],
  canonical: ['aws:principalaccount', 'aws:principalarn'],
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

const network = ['aws:sourceip', 'aws:securetransport'];

function usualValue(key: string, setting: Setting): KeyValue {
  const domain = domainOf(key, setting);
  if (domain.state === 'fixed') return domain.value;
  const [first] = domain.fresh;
  return first === undefined ? undefined : domain.multiValued ? [first] : first;
}

/** The key as AWS writes it: the name of its family, then the reader's own part. */
function nameOf(key: string): string {
  const { name } = keyFacts(key);
  return name.length < key.length ? name + key.slice(name.length) : name;
}

function contextOf(setting: Setting, values: ReadonlyMap<string, KeyValue>): RequestContext {
  const context: Record<string, string | readonly string[]> = {};
  const { caller } = setting;
  const usual = caller.sort === 'service' ? always.service : [...always[caller.sort], ...network];
  for (const key of usual) {
    const value = values.has(key) ? values.get(key) : usualValue(key, setting);
    if (value !== undefined) context[nameOf(key)] = value;
  }
  for (const [key, value] of values) {
    if (key !== resourceKey && value !== undefined) context[nameOf(key)] = value;
  }
  return context;
}

function principalOf(caller: Caller, context: RequestContext): WitnessPrincipal {
  switch (caller.sort) {
    case 'anonymous':
      return { type: 'anonymous' };
    case 'aws':
      return {
        type: 'AWS',
        arn: caller.arn ?? String(context['aws:PrincipalArn'] ?? principalArnOf(caller.account)),
      };
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

/** The request that the search found, with all that is true of its caller. */
export function witnessOf(setting: Setting, values: ReadonlyMap<string, KeyValue>): Witness {
  const context = contextOf(setting, values);
  const resource = values.get(resourceKey) ?? usualValue(resourceKey, setting);
  return {
    action: setting.action,
    resource: typeof resource === 'string' ? resource : '*',
    principal: principalOf(setting.caller, context),
    context,
  };
}
