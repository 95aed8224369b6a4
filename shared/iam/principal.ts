import { type AccountId, isAccountId } from './arn.ts';

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
  /** What AWS would refuse: partly wildcarded ARNs, ids that are none. They match nobody. */
  readonly illegal: readonly string[];
}

const none: readonly never[] = [];

const nobody: Principals = {
  everyone: false,
  everyoneSigned: false,
  accounts: none,
  named: none,
  services: none,
  federated: none,
  canonicalUsers: none,
  uniqueIds: none,
  illegal: none,
};

const everyone: Principals = { ...nobody, everyone: true };

const uniqueId = /^A(?:ROA|IDA|NPA|GPA|IPA|SIA|KIA|SCA)[A-Z0-9]+$/;
const principalArn = /^arn:[a-z-]+:(?:iam|sts)::(\d{12}|cloudfront):([^*?]+)$/;

interface AwsPrincipals {
  everyone: boolean;
  readonly accounts: AccountId[];
  readonly named: NamedPrincipal[];
  readonly uniqueIds: string[];
  readonly illegal: string[];
}

function addAws(found: AwsPrincipals, text: string): void {
  if (text === '*') {
    found.everyone = true;
    return;
  }
  const arn = principalArn.exec(text);
  if (arn !== null) {
    const [, account = '', rest] = arn;
    if (rest === 'root') found.accounts.push(account);
    else found.named.push({ arn: text, account });
  } else if (isAccountId(text)) found.accounts.push(text);
  else if (uniqueId.test(text)) found.uniqueIds.push(text);
  else found.illegal.push(text);
}

function awsPrincipals(texts: readonly string[], others: Partial<Principals>): Principals {
  const found: AwsPrincipals = { everyone: false, accounts: [], named: [], uniqueIds: [], illegal: [] };
  for (const text of texts) addAws(found, text);
  return { ...nobody, ...others, ...found, everyoneSigned: found.everyone };
}

const lists: Readonly<Record<string, 'services' | 'federated' | 'canonicalUsers'>> = {
  Service: 'services',
  Federated: 'federated',
  CanonicalUser: 'canonicalUsers',
};

function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

/**
 * A Principal element taken apart, or what is wrong with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipals(element: unknown): Principals | string {
  if (element === '*') return everyone;
  if (typeof element === 'string') return awsPrincipals([element], {});
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    return 'is neither `*` nor an object of principals';
  }
  const others: { -readonly [K in keyof Principals]?: Principals[K] } = {};
  let aws: readonly string[] | undefined;
  for (const type in element) {
    const texts = textsOf((element as Record<string, unknown>)[type]);
    if (texts === undefined) return `of type \`${type.slice(0, 40)}\` holds something that is no text`;
    const list = Object.hasOwn(lists, type) ? lists[type] : undefined;
    if (type === 'AWS') aws = texts;
    else if (list !== undefined) others[list] = texts;
    else return `has the unknown type \`${type.slice(0, 40)}\`; use AWS, Service, Federated or CanonicalUser`;
  }
  return aws === undefined ? { ...nobody, ...others } : awsPrincipals(aws, others);
}
