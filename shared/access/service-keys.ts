import { arnSegments } from '../iam/arn-pattern.ts';
import { gather } from '../iam/gather.ts';
import { remembering } from '../iam/memory.ts';
import { none } from '../iam/none.ts';
import { withOne } from '../iam/with-one.ts';
import type { Caller } from './caller.ts';
import { isOfCredentials } from './credential-keys.ts';
import { absent, type Domain, fixed, open, plainText, type Setting } from './domain.ts';
import { pathDomain } from './organization-path.ts';
import { classes, many, one, type Pattern, shape } from './pattern.ts';

type ServiceCaller = Extract<Caller, { sort: 'service' }>;

const word = [one(classes.lowerOrDigit), many(classes.lowerOrDigit)];
const dash = shape('-');
/** Ids of regions, and none. */
export const regions: readonly Pattern[] = [
  [],
  [...word, ...dash, ...word, ...dash, ...word],
  [...word, ...dash, ...word, ...dash, ...word, ...dash, ...word],
];

const regionId = /^(?:[a-z0-9]+-[a-z0-9]+-[a-z0-9]+(?:-[a-z0-9]+)?)?$/;

/** How ARNs end: as they may, or with a name, or a type and a name, in which no colons are. */
interface Ending {
  readonly accepts: (text: string) => boolean;
  readonly shapes: readonly Pattern[];
}

const anyEnding: Ending = { accepts: plainText.accepts, shapes: plainText.shape() };

const named = [one(classes.writablePart), many(classes.writablePart)];
const typed = [one(classes.typeCharacter), many(classes.typeCharacter), ...shape(':'), ...named];
const plainEnding: Ending = {
  accepts: (text) => plainText.accepts(text) && /^(?:[a-z-]+:)?[^:]+$/.test(text),
  shapes: [named, typed],
};

const serviceName = [one(classes.unitCharacter), many(classes.unitCharacter)];

function isSourceArn(text: string, account: string | undefined, partition: string, ending: Ending): boolean {
  const segments = arnSegments(text);
  if (segments === undefined || segments[0] !== 'arn' || segments[1] !== partition) return false;
  const [, , service = '', region = '', owner = '', rest = ''] = segments;
  if (owner !== account && (owner !== '' || ending === plainEnding)) return false;
  return /^[a-z0-9-]+$/.test(service) && regionId.test(region) && ending.accepts(rest);
}

/** ARNs of what a service acts for: of the source account, or without an account, as a bucket's is. */
function sourceArn(key: string, { account }: ServiceCaller, partition: string, ending: Ending): Domain {
  const owned = account === undefined ? none : [`arn:${partition}:sns:us-east-1:${account}:outsider`];
  return open(key, {
    fresh: ending === plainEnding ? owned : withOne(owned, `arn:${partition}:s3:::outsider`),
    shape: () => sourceShapes(account, partition, ending),
    accepts: (text) => isSourceArn(text, account, partition, ending),
  });
}

function sourceShapes(account: string | undefined, partition: string, ending: Ending): readonly Pattern[] {
  const owners = [...(account === undefined ? [] : [account]), ...(ending === plainEnding ? [] : [''])];
  return gather(owners, (owner) =>
    gather(regions, (region) =>
      ending.shapes.map((end) => [
        ...shape(`arn:${partition}:`, ...serviceName, ':', ...region, `:${owner}:`),
        ...end,
      ]),
    ),
  );
}

/**
 * The account that the service acts for, as some services told it before there was aws:SourceAccount.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#source-account-versus-source-owner
 */
const accountOfSource = (key: string, { account }: ServiceCaller): Domain =>
  account === undefined ? absent : open(key, { fresh: [account], shape: () => [shape(account)] });

const notOfServices = /^aws:(principal|multifactor|username|sourceidentity|federated|assumedroot|calledvia)/;
/** What a service that encrypts for a resource puts into the context: `aws:logs:arn`, `aws:events:event-bus:arn`. */
const forcedContext = /^kms:encryptioncontext:aws:(?:[a-z0-9-]+:)+arn$/;
/** The same, by the account alone. https://docs.aws.amazon.com/kms/latest/developerguide/services-ses.html */
const forcedAccount = 'kms:encryptioncontext:aws:ses:source-account';
/** Buckets and objects have no account in their ARNs. */
const forcedBucket = 'kms:encryptioncontext:aws:s3:arn';
const isForeign = remembering((key) => notOfServices.test(key) || isOfCredentials(key));

/** Whether it sets the key to the ARN of that resource. */
export const isForcedArn = (key: string): boolean => forcedContext.test(key);

/**
 * Whether a service sets the key itself, by the resource for which it acts.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
 */
export const isForced = remembering((key) => key === forcedAccount || isForcedArn(key));

function forcedValue(key: string, caller: ServiceCaller, partition: string): Domain {
  if (key === forcedAccount) return accountOfSource(key, caller);
  return sourceArn(key, caller, partition, key === forcedBucket ? anyEnding : plainEnding);
}

/**
 * What IAM Roles Anywhere reads out of a certificate are tags of the session that it asks for.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
const isOfCertificate = (key: string, { service }: ServiceCaller): boolean =>
  key.startsWith('aws:principaltag/x509') && service.startsWith('rolesanywhere.');

/** What a key can be in a service's own request for a resource of its source account. */
export function serviceKey(key: string, caller: ServiceCaller, { scene: { partition } }: Setting): Domain {
  switch (key) {
    case 'aws:principalisawsservice':
      return fixed('true');
    case 'aws:principalservicename':
      return fixed(caller.service);
    case 'aws:principalservicenameslist':
      return fixed(caller.otherNames ? [caller.service, ...caller.otherNames] : [caller.service]);
    case 'aws:sourceowner':
      return accountOfSource(key, caller);
    case 'aws:sourceaccount':
      return fixed(caller.account);
    case 'aws:sourcearn':
      return sourceArn(key, caller, partition, anyEnding);
    case 'aws:sourceorgid':
      return fixed(caller.membership?.organization);
    case 'aws:sourceorgpaths':
      return pathDomain(key, caller.membership);
    case 'kms:calleraccount':
      return absent;
    // AWS does not say what it is for a service; surely not an account's number, which is its root user's id.
    case 'aws:userid':
      return open(key, { shape: () => [shape('A', one(classes.tagCharacter), many(classes.tagCharacter))] });
    default:
      if (isForeign(key)) return isOfCertificate(key, caller) ? open(key) : absent;
      return isForced(key) ? forcedValue(key, caller, partition) : open(key);
  }
}
