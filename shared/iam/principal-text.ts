import { type AccountId, accountIdLength, type Partition, usualPartition } from './arn.ts';
import { remembering } from './memory.ts';

/**
 * The account of a principal's ARN: of an account's root, of a role, a user or a session by its name. A group, a
 * policy or a provider is none under `AWS`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
const principalArn =
  /^arn:([a-z-]+):(?:iam::(\d{12}):(?:root|(?:role|user)\/(?:[!-)+->@-\x7f]*\/)?[\w+=,.@-]+)|sts::(\d{12}):(?:assumed-role\/[\w+=,.@-]+|federated-user)\/[\w+=,.@-]+)$/;
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
const originAccessIdentity = /^arn:([a-z-]+):iam::cloudfront:user\/[^*?]+$/;

/** Whether the text is the ARN of a caller: a root user, a user, a role, a session. */
export const isPrincipalArn = (text: string): boolean => principalArn.test(text);

/** What the ARNs of origin access identities have instead of an account's number. */
export const cloudFront = 'cloudfront';

/** The id of the origin access identity that an ARN names: `E2EXAMPLE`; undefined where it names another principal. */
export function originAccessIdentityOf(arn: string): string | undefined {
  if (!originAccessIdentity.test(arn)) return undefined;
  return arn.slice(arn.indexOf('/') + 1).replace(/^CloudFront Origin Access Identity /, '');
}

/** How nearly all ARNs of principals begin: then the account stands at its place, and no pattern need be tried. */
const usualHead = 'arn:aws:iam::';
const idAt = usualHead.length;
const nameAt = idAt + accountIdLength + 1;
const usualRoot = /^arn:aws:iam::\d{12}:root$/;
const usualName = /^arn:aws:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]*[\w+=,.@-]$/;

/**
 * Whether the text can be a service's name. A wildcard is illegal in one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export const isService = remembering((text) => /^[\w-]+(?:\.[\w-]+)+$/.test(text));

const providerArn = /^arn:([a-z-]+):iam::\d{12}:(?:oidc|saml)-provider\/(?!https?:)[^*?\s]+$/;
const providerName = /^[\w-]+(?:\.[\w-]+)+(?:[:/][^*?\s]*)?$/;

/**
 * Whether a text can be an identity provider of the partition: the ARN of one, in which its URL has no scheme, or the name
 * of one that IAM knows by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export const providersIn = remembering((partition) =>
  remembering((text) => {
    const written = providerArn.exec(text)?.[1];
    return written === undefined ? providerName.test(text) : written === partition;
  }),
);

/** Whether the text can be a canonical id: letters and digits. */
export const isCanonicalId = (text: string) => /^[0-9a-z]+$/i.test(text);

/**
 * The account of the principal that an ARN names; undefined when it names none of the partition: nobody comes from
 * another. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
 */
export function accountOfPrincipal(arn: string, partition: Partition): AccountId | undefined {
  if (partition === usualPartition && (arn.endsWith(':root') ? usualRoot : usualName).test(arn))
    return arn.slice(idAt, nameAt - 1);
  const [, written, ofIam, ofSts] = principalArn.exec(arn) ?? [];
  if (written !== undefined) return written === partition ? (ofIam ?? ofSts) : undefined;
  return originAccessIdentity.exec(arn)?.[1] === partition ? cloudFront : undefined;
}
