import { type AccountId, isAccountId, type Partition } from './arn.ts';
import { cut } from './cut.ts';
import { none } from './none.ts';
import { accountOfPrincipal, cloudFront, isCanonicalId, isService, providersIn } from './principal-text.ts';
import { textsOf } from './texts.ts';
import { withOne } from './with-one.ts';

/** One IAM or STS principal by its ARN. */
interface NamedPrincipal {
  readonly arn: string;
  readonly account: AccountId;
}

/** Whom a Principal or NotPrincipal element names. */
export interface Principals {
  /** `"*"` or `{"AWS":"*"}`, which mean the same in a policy. */
  readonly everyone: boolean;
  /** `{"AWS":"*"}`, which in an ACL written as a policy means all who sign. */
  readonly everyoneSigned: boolean;
  /** Whole accounts: their ids, or the ARNs of their root. */
  readonly accounts: readonly AccountId[];
  readonly named: readonly NamedPrincipal[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUsers: readonly string[];
  /** What a deleted role or user leaves behind: `AROA…`, `AIDA…`. */
  readonly uniqueIds: readonly string[];
  /** What AWS would refuse: partly wildcarded ARNs, ids and names that are none. They match nobody. */
  readonly illegal: readonly string[];
}

type Gathered = { -readonly [Part in keyof Principals]: Principals[Part] };

const nobody = (): Gathered => ({
  everyone: false,
  everyoneSigned: false,
  accounts: none,
  named: none,
  services: none,
  federated: none,
  canonicalUsers: none,
  uniqueIds: none,
  illegal: none,
});

const everyone: Principals = { ...nobody(), everyone: true };

const uniqueId = /^A(?:ROA|IDA|NPA|GPA|IPA|SIA|KIA|SCA)[A-Z0-9]+$/;

/** Adds the principal of an ARN; whether the text is one that a policy of the partition can name. */
function addArn(found: Gathered, arn: string, partition: Partition): boolean {
  const account = accountOfPrincipal(arn, partition);
  if (account === undefined) return false;
  if (arn.endsWith(':root')) found.accounts = withOne(found.accounts, account);
  else found.named = withOne(found.named, { arn, account });
  return true;
}

function addAws(found: Gathered, texts: readonly string[], partition: Partition): void {
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i] as string;
    if (text === '*') found.everyone = true;
    else if (isAccountId(text)) found.accounts = withOne(found.accounts, text);
    else if (addArn(found, text, partition)) continue;
    else if (uniqueId.test(text)) found.uniqueIds = withOne(found.uniqueIds, text);
    else found.illegal = withOne(found.illegal, text);
  }
  found.everyoneSigned = found.everyone;
}

/** Those of the texts that can be principals of their type; the others are illegal. */
function legal(
  found: Gathered,
  texts: readonly string[],
  isLegal: (text: string) => boolean,
): readonly string[] {
  if (texts.every(isLegal)) return texts;
  found.illegal = [...found.illegal, ...texts.filter((text) => !isLegal(text))];
  return texts.filter(isLegal);
}

/** Adds the principals of one type; whether there is such a type. */
function add(found: Gathered, type: string, texts: readonly string[], partition: Partition): boolean {
  if (type === 'AWS') addAws(found, texts, partition);
  else if (type === 'Service') found.services = legal(found, texts, isService);
  else if (type === 'Federated') found.federated = legal(found, texts, providersIn(partition));
  else if (type === 'CanonicalUser') found.canonicalUsers = legal(found, texts, isCanonicalId);
  else return false;
  return true;
}

/**
 * A Principal element taken apart, or what is wrong with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipals(element: unknown, partition: Partition): Principals | string {
  if (element === '*') return everyone;
  const found = nobody();
  if (typeof element === 'string') {
    addAws(found, [element], partition);
    return found;
  }
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    return 'is neither `*` nor an object of principals';
  }
  for (const type in element) {
    const texts = textsOf((element as Record<string, unknown>)[type]);
    if (texts === undefined)
      return `holds something in \`${cut(type, 40)}\` that is neither text nor a list of texts`;
    if (!add(found, type, texts, partition))
      return `has the unknown type \`${cut(type, 40)}\`; use AWS, Service, Federated or CanonicalUser`;
  }
  return found;
}

/** Whether the element names callers whom only S3 knows: canonical users, origin access identities of CloudFront. */
export const namesUsersOfS3 = ({ canonicalUsers, named }: Principals): boolean =>
  canonicalUsers.length > 0 || named.some(({ account }) => account === cloudFront);

/** The same principals where those users are nobody. */
export const withoutUsersOfS3 = (principals: Principals): Principals => ({
  ...principals,
  canonicalUsers: none,
  named: principals.named.filter(({ account }) => account !== cloudFront),
  illegal: [
    ...principals.illegal,
    ...principals.canonicalUsers,
    ...principals.named.filter(({ account }) => account === cloudFront).map(({ arn }) => arn),
  ],
});
