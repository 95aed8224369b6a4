import { keyFacts } from '../iam/context-key.ts';
import { anonymousKey } from './anonymous-keys.ts';
import { awsKey } from './aws-keys.ts';
import { absent, type Domain, fixed, open, resourceKey, type Setting, usualAddress } from './domain.ts';
import { federatedKey } from './federated-keys.ts';
import { classes, many, one, type Pattern, shape } from './pattern.ts';
import { serviceKey } from './service-keys.ts';

const identified = (prefix: string) => (): readonly Pattern[] => [
  shape(prefix, one(classes.lowerOrDigit), many(classes.lowerOrDigit)),
];

const strangerAccount = '927461835042';

/** Keys of VPC endpoints: what one of them says, a request from a public address has not. */
const endpointKeys = /^aws:(sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip|vpce.*)$/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-network-properties */
function networkKey(key: string, { caller, network }: Setting): Domain | undefined {
  if (key === 'aws:sourceip') {
    if (network === 'endpoint') return absent;
    return open(key, {
      presence: caller.sort === 'service' ? 'optional' : 'always',
      fresh: [usualAddress],
    });
  }
  if (!endpointKeys.test(key)) return undefined;
  if (network === 'internet') return absent;
  if (key === 'aws:sourcevpc') {
    return open(key, { presence: 'always', fresh: ['vpc-0zq81xk7f2m'], shape: identified('vpc-') });
  }
  if (key === 'aws:sourcevpce') {
    return open(key, { presence: 'always', fresh: ['vpce-0zq81xk7f2m'], shape: identified('vpce-') });
  }
  return open(key, key === 'aws:vpcsourceip' ? { fresh: ['10.0.0.7'] } : {});
}

/** An unsigned call comes to a URL of type NONE. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
function urlAuthType(key: string, { caller, action }: Setting): Domain {
  if (caller.sort === 'anonymous' && action === 'lambda:InvokeFunctionUrl') return fixed('NONE');
  if (caller.sort === 'anonymous' && action === 'lambda:InvokeFunction') {
    return open(key, { fresh: ['NONE'], shape: () => [shape('NONE')] });
  }
  return open(key, { fresh: ['AWS_IAM', 'NONE'], shape: () => [shape('AWS_IAM'), shape('NONE')] });
}

/** Keys that describe the request, the same for every sort of caller. */
function requestKey(key: string, setting: Setting): Domain | undefined {
  const { caller, owner, ownerOrganization, action, now } = setting;
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
    case 'aws:viaawsservice':
      return caller.sort === 'aws' || caller.sort === 'canonical'
        ? open(key, { presence: 'always', fresh: ['false'] })
        : fixed('false');
    case 's3:dataaccesspointaccount':
      return open(key, { fresh: [strangerAccount] });
    case 's3:dataaccesspointarn':
      return open(key, { fresh: [`arn:aws:s3:us-east-1:${strangerAccount}:accesspoint/outsider`] });
    case 'lambda:functionurlauthtype':
      return urlAuthType(key, setting);
    case 'lambda:invokedviafunctionurl':
      return caller.sort === 'anonymous' && action === 'lambda:InvokeFunction' ? fixed('true') : undefined;
    case 'sts:externalid':
      return action.toLowerCase() === 'sts:assumerole' ? undefined : absent;
    default:
      return undefined;
  }
}

/**
 * What values a key can have in a request of the caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @param key in lower case
 */
export function domainOf(key: string, setting: Setting): Domain {
  if (key === resourceKey) return setting.resource;
  if (key.startsWith('aws:') && keyFacts(key).unknown) return open(key);
  const shared = requestKey(key, setting) ?? networkKey(key, setting);
  if (shared !== undefined) return shared;
  const { caller } = setting;
  switch (caller.sort) {
    case 'anonymous':
      return anonymousKey(key);
    case 'aws':
      return awsKey(key, caller, setting);
    case 'canonical': {
      const { account, form } = caller;
      return awsKey(key, { sort: 'aws', account, membership: undefined, arn: undefined, form }, setting);
    }
    case 'service':
      return serviceKey(key, caller, setting);
    case 'federated':
      return federatedKey(key, caller);
    default:
      return caller satisfies never;
  }
}
