import { type AccountId, accountIdLength, areDigits, type Partition, usualPartition } from './arn.ts';
import { remembering } from './memory.ts';

/**
 * The account of a principal's ARN: of an account's root, of a role, a user or a session by its name. A group, a
 * policy or a provider is none under `AWS`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
const principalArn =
  /^arn:([a-z-]+):(?:iam::(\d{12}):(?:root|(?:role|user)\/(?:[!-)+->@-~]*\/)?[\w+=,.@-]+)|sts::(\d{12}):(?:assumed-role\/[\w+=,.@-]+|federated-user)\/[\w+=,.@-]+)$/;
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
const originAccessIdentity = /^arn:([a-z-]+):iam::cloudfront:user\/[^*?]+$/;

/** Whether the text is the ARN of a caller: a root user, a user, a role, a session. */
export const isPrincipalArn = (text: string): boolean => principalArn.test(text);

/** What the ARNs of origin access identities have instead of an account's number. */
export const cloudFront = 'cloudfront';

/** How nearly all ARNs of principals begin: then the account stands at its place, and no pattern need be tried. */
const usualHead = 'arn:aws:iam::';
const idAt = usualHead.length;
const nameAt = idAt + accountIdLength + 1;
/** `role/` and `user/` are equally long. */
const typeLength = 5;

/** By character code, whether names of roles and users, or their usual paths, are made of it. */
const inNames: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[\w+=,.@/-]/.test(String.fromCharCode(code)),
);

function isName(text: string, from: number): boolean {
  for (let i = from; i < text.length; i += 1) if (inNames[text.charCodeAt(i)] !== true) return false;
  return from < text.length && text.charCodeAt(text.length - 1) !== 47;
}

const isUsual = (arn: string) =>
  arn.length > nameAt &&
  arn.charCodeAt(nameAt - 1) === 58 &&
  arn.startsWith(usualHead) &&
  areDigits(arn, idAt, nameAt - 1);

const isUsualRoot = (arn: string) => arn.length === nameAt + 4 && arn.endsWith('root') && isUsual(arn);
const isUsualName = (arn: string) =>
  (arn.startsWith('role/', nameAt) || arn.startsWith('user/', nameAt)) &&
  isName(arn, nameAt + typeLength) &&
  isUsual(arn);

/**
 * Whether the text can be a service's name. A wildcard is illegal in one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export const isService = remembering((text) => /^[\w-]+(?:\.[\w-]+)+$/.test(text));

/** Whether the text can be an identity provider: the ARN of one, or the name of one that IAM knows by itself. */
export const isProvider = remembering((text) =>
  /^(?:arn:[a-z-]+:iam::\d{12}:(?:oidc|saml)-provider\/[^*?\s]+|[\w-]+(?:\.[\w-]+)+(?:[:/][^*?\s]*)?)$/.test(
    text,
  ),
);

/** Whether the text can be a canonical id: letters and digits. */
export const isCanonicalId = (text: string) => /^[0-9a-z]+$/i.test(text);

/**
 * The account of the principal that an ARN names; undefined when it names none of the partition: nobody comes from
 * another. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
 */
export function accountOfPrincipal(arn: string, partition: Partition): AccountId | undefined {
  if (partition === usualPartition && (arn.endsWith(':root') ? isUsualRoot(arn) : isUsualName(arn)))
    return arn.slice(idAt, nameAt - 1);
  const [, written, ofIam, ofSts] = principalArn.exec(arn) ?? [];
  if (written !== undefined) return written === partition ? (ofIam ?? ofSts) : undefined;
  return originAccessIdentity.exec(arn)?.[1] === partition ? cloudFront : undefined;
}
