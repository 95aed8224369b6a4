import { type AccountId, isAccountId } from './arn.ts';

/** One IAM or STS principal by its ARN. */
export interface NamedPrincipal {
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

export const everyone: Principals = {
  everyone: true,
  everyoneSigned: false,
  accounts: none,
  named: none,
  services: none,
  federated: none,
  canonicalUsers: none,
  uniqueIds: none,
  illegal: none,
};

const uniqueId = /^A(?:ROA|IDA|NPA|GPA|IPA|SIA|KIA|SCA)[A-Z0-9]{8,}$/;
const principalArn = /^arn:[a-z-]+:(iam|sts)::(\d{12}|cloudfront):([^*?]+)$/;
const rootArn = /^arn:aws(?:-[a-z-]+)?:iam::(\d{12}):root$/;

interface Builder {
  everyone: boolean;
  everyoneSigned: boolean;
  accounts: AccountId[];
  named: NamedPrincipal[];
  services: string[];
  federated: string[];
  canonicalUsers: string[];
  uniqueIds: string[];
  illegal: string[];
}

function addAws(builder: Builder, text: string): void {
  if (text === '*') {
    builder.everyone = true;
    builder.everyoneSigned = true;
    return;
  }
  if (isAccountId(text)) {
    builder.accounts.push(text);
    return;
  }
  const root = rootArn.exec(text);
  if (root?.[1] !== undefined) {
    builder.accounts.push(root[1]);
    return;
  }
  const named = principalArn.exec(text);
  if (named?.[2] !== undefined) builder.named.push({ arn: text, account: named[2] });
  else if (uniqueId.test(text)) builder.uniqueIds.push(text);
  else builder.illegal.push(text);
}

function add(builder: Builder, type: string, text: string): boolean {
  if (type === 'AWS') addAws(builder, text);
  else if (type === 'Service') builder.services.push(text);
  else if (type === 'Federated') builder.federated.push(text);
  else if (type === 'CanonicalUser') builder.canonicalUsers.push(text);
  else return false;
  return true;
}

/**
 * A Principal element taken apart, or what is wrong with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipals(element: unknown): Principals | string {
  if (element === '*') return everyone;
  const builder: Builder = {
    everyone: false,
    everyoneSigned: false,
    accounts: [],
    named: [],
    services: [],
    federated: [],
    canonicalUsers: [],
    uniqueIds: [],
    illegal: [],
  };
  if (typeof element === 'string') {
    addAws(builder, element);
    return builder;
  }
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    return 'is neither `*` nor an object of principals';
  }
  for (const [type, value] of Object.entries(element)) {
    for (const text of Array.isArray(value) ? value : [value]) {
      if (typeof text !== 'string') return `of type \`${type}\` holds something that is no text`;
      if (!add(builder, type, text))
        return `has the unknown type \`${type}\`; use AWS, Service, Federated or CanonicalUser`;
    }
  }
  return builder;
}
