import type { AccountId } from '../iam/arn.ts';
import type { KeyValue } from '../iam/condition.ts';
import { isClaim, issuerOfClaim, type KeyType, keyFacts } from '../iam/context-key.ts';
import { type Caller, principalArnOf } from './caller.ts';
import { classes, globPattern, many, one, type Pattern, shape } from './pattern.ts';

/** The values that a key can have in the request of one caller. */
export type Domain =
  | { readonly state: 'fixed'; readonly value: KeyValue }
  | {
      readonly state: 'open';
      /** `always` there; `usually` there, so that a witness carries it; or only where something asks for it. */
      readonly presence: 'always' | 'usually' | 'optional';
      readonly type: KeyType;
      readonly multiValued: boolean;
      /** Values to try first. */
      readonly fresh: readonly string[];
      /** What all values look like; undefined for any text. */
      readonly shape: readonly Pattern[] | undefined;
    };

/** What is settled of the request before its keys are. */
export interface Setting {
  readonly caller: Caller;
  readonly partition: string;
  readonly owner: AccountId;
  readonly ownerOrganization: string | undefined;
  readonly action: string;
  /** The ARNs that the action is called on. */
  readonly resource: Domain;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The pseudo key under which the search treats the request's resource. */
export const resourceKey = '$resource';

const absent: Domain = { state: 'fixed', value: undefined };
const fixed = (value: KeyValue): Domain => ({ state: 'fixed', value });

const plain: readonly Pattern[] = [shape(many(classes.printable))];

function open(key: string, more: Partial<Extract<Domain, { state: 'open' }>> = {}): Domain {
  const { type, multiValued, reach } = keyFacts(key);
  return {
    state: 'open',
    presence: 'optional',
    type,
    multiValued,
    fresh: ['outsider'],
    shape: reach === 'request' || type !== 'text' ? undefined : plain,
    ...more,
  };
}

/** Keys that describe the request and its network, the same for every sort of caller. */
function requestKey(key: string, { owner, ownerOrganization, now }: Setting): Domain | undefined {
  switch (key) {
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
      return fixed(owner);
    case 'aws:resourceorgid':
      return ownerOrganization === undefined
        ? open(key, { fresh: ['o-zq81xk7f2m'] })
        : fixed(ownerOrganization);
    case 'aws:currenttime':
      return open(key, { presence: 'always', fresh: [new Date(now).toISOString()] });
    case 'aws:epochtime':
      return open(key, { presence: 'always', fresh: [String(Math.floor(now / 1000))] });
    case 'aws:securetransport':
      return open(key, { presence: 'always', fresh: ['true'] });
    case 'aws:sourceip':
      return open(key, { presence: 'usually', fresh: ['198.51.100.77'] });
    default:
      return undefined;
  }
}

function anonymousKey(key: string): Domain {
  switch (key) {
    case 'aws:principalaccount':
    case 'aws:userid':
      return fixed('anonymous');
    case 'aws:principaltype':
      return fixed('Anonymous');
    case 'lambda:functionurlauthtype':
      return fixed('NONE');
    case 'kms:calleraccount':
      return absent;
    default: {
      const ofCaller = keyFacts(key).reach === 'caller' || keyFacts(key).reach === 'provider';
      const ofPrincipal =
        /^aws:(principal|multifactor|username|tokenissuetime|sourceidentity|federated|assumedroot)/.test(key);
      return ofCaller || ofPrincipal ? absent : open(key);
    }
  }
}

const sourceKeys: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:principalservicename',
  'aws:principalservicenameslist',
]);

type AwsCaller = Extract<Caller, { sort: 'aws' }>;
type ServiceCaller = Extract<Caller, { sort: 'service' }>;

function awsArn({ account, arn, form }: AwsCaller, partition: string): Domain {
  if (arn !== undefined) return fixed(principalArnOf(arn));
  const prefix = `arn:${partition}:iam::${account}:`;
  const named = (type: string) => shape(`${prefix}${type}/`, one(classes.printable), many(classes.printable));
  if (form === 'root') return fixed(`${prefix}root`);
  const forms = form === 'any' ? ['role', 'user'] : [form];
  return open('aws:principalarn', {
    presence: 'always',
    fresh: forms.map((type) => `${prefix}${type}/outsider`),
    shape: [...forms.map(named), ...(form === 'any' ? [shape(`${prefix}root`)] : [])],
  });
}

function pathDomain(key: string, path: string): Domain {
  if (!path.includes('*') && !path.includes('?')) return fixed([path]);
  return open(key, {
    presence: 'always',
    multiValued: true,
    fresh: [],
    shape: [globPattern(path, classes.printable)],
  });
}

function awsKey(key: string, caller: AwsCaller, partition: string): Domain {
  if (sourceKeys.has(key)) return absent;
  switch (key) {
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return fixed(caller.account);
    case 'aws:principalorgid':
      return fixed(caller.membership?.organization);
    case 'aws:principalorgpaths':
      return caller.membership === undefined ? absent : pathDomain(key, caller.membership.path);
    case 'aws:principalarn':
      return awsArn(caller, partition);
    case 'aws:principalisawsservice':
      return fixed('false');
    case 'aws:principaltype':
      return fixed({ role: 'AssumedRole', user: 'User', root: 'Account', any: 'AssumedRole' }[caller.form]);
    case 'aws:username':
      return caller.form === 'user' ? open(key, { presence: 'always' }) : absent;
    case 'aws:userid':
      return open(key, {
        presence: 'always',
        fresh: [
          {
            role: 'AROAZQ81XK7F2MEXAMPLE:outsider',
            any: 'AROAZQ81XK7F2MEXAMPLE:outsider',
            user: 'AIDAZQ81XK7F2MEXAMPLE',
            root: caller.account,
          }[caller.form],
        ],
      });
    case 'aws:multifactorauthpresent':
      return open(key, { fresh: ['true'] });
    default:
      return open(key);
  }
}

/** ARNs of a source: of the account itself, or without an account, as a bucket's. */
function sourceArn(key: string, { account }: ServiceCaller, partition: string, colons: boolean): Domain {
  const rest = colons ? [one(classes.printable), many(classes.printable)] : [many(classes.noColon)];
  const region = many(classes.lowerOrDigit);
  const name = [one(classes.lowerOrDigit), many(classes.lowerOrDigit)];
  const dashed = [region, shape('-'), region, shape('-'), region].flat();
  const regions: readonly Pattern[] = [[], dashed, [...dashed, ...shape('-'), region]];
  const build = (owner: string) =>
    regions.map((at) => [
      ...shape(`arn:${partition}:`, ...name, ':'),
      ...at,
      ...shape(`:${owner}:`, ...rest),
    ]);
  return open(key, {
    fresh: [`arn:${partition}:s3:::outsider`, `arn:${partition}:sns:us-east-1:${account}:outsider`],
    shape: [...build(account), ...build('')],
  });
}

function serviceKey(key: string, caller: ServiceCaller, partition: string): Domain {
  switch (key) {
    case 'aws:principalisawsservice':
      return fixed('true');
    case 'aws:principalservicename':
      return fixed(caller.service);
    case 'aws:principalservicenameslist':
      return fixed([caller.service]);
    case 'aws:sourceaccount':
    case 'aws:sourceowner':
      return fixed(caller.account);
    case 'aws:sourcearn':
      return sourceArn(key, caller, partition, true);
    case 'aws:sourceorgid':
      return fixed(caller.membership?.organization);
    case 'aws:sourceorgpaths':
      return caller.membership === undefined ? absent : pathDomain(key, caller.membership.path);
    case 'kms:calleraccount':
      return fixed(caller.account);
    default:
      if (/^aws:(principal|multifactor|username|federated)/.test(key)) return absent;
      if (/^kms:encryptioncontext:aws:[a-z-]+:arn$/.test(key))
        return sourceArn(key, caller, partition, false);
      return open(key);
  }
}

function federatedKey(key: string, provider: string, principal: string): Domain {
  const saml = provider.startsWith('saml-provider/');
  if (key === 'aws:federatedprovider') return fixed(principal);
  if (key.startsWith('saml:')) return saml ? open(key) : absent;
  if (isClaim(key)) return !saml && issuerOfClaim(key) === provider.toLowerCase() ? open(key) : absent;
  if (sourceKeys.has(key) || /^aws:(principal(?!tag)|multifactor|username|userid)/.test(key)) return absent;
  return open(key);
}

/**
 * What values a key can have in a request of the caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @param key in lower case
 */
export function domainOf(key: string, setting: Setting): Domain {
  if (key === resourceKey) return setting.resource;
  const ofRequest = requestKey(key, setting);
  if (ofRequest !== undefined) return ofRequest;
  const { caller, partition } = setting;
  switch (caller.sort) {
    case 'anonymous':
      return anonymousKey(key);
    case 'aws':
      return awsKey(key, caller, partition);
    case 'canonical':
      return awsKey(
        key,
        { sort: 'aws', account: caller.account, membership: undefined, arn: undefined, form: 'any' },
        partition,
      );
    case 'service':
      return serviceKey(key, caller, partition);
    case 'federated':
      return federatedKey(key, caller.provider, caller.principal);
    default:
      return caller satisfies never;
  }
}
