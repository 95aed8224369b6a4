import { type AccountId, accountIdLength, areDigits, isAccountId } from './arn.ts';
import { hasWildcard } from './glob.ts';

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

const everyone: Principals = {
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

const uniqueId = /^A(?:ROA|IDA|NPA|GPA|IPA|SIA|KIA|SCA)[A-Z0-9]+$/;
const principalArn = /^arn:[a-z-]+:(?:iam|sts)::(\d{12}|cloudfront):([^*?]+)$/;

/** How nearly all ARNs of principals begin: then the account stands at its place, and no pattern need be tried. */
const usualHead = 'arn:aws:iam::';
const idAt = usualHead.length;
const nameAt = idAt + accountIdLength + 1;

const isUsual = (arn: string) =>
  arn.length > nameAt &&
  arn.charCodeAt(nameAt - 1) === 58 &&
  arn.startsWith(usualHead) &&
  areDigits(arn, idAt, nameAt - 1) &&
  !hasWildcard(arn);

interface AwsPrincipals {
  everyone: boolean;
  readonly accounts: AccountId[];
  readonly named: NamedPrincipal[];
  readonly uniqueIds: string[];
  readonly illegal: string[];
}

/** Adds the principal of an ARN; whether the text is one. */
function addArn({ accounts, named }: AwsPrincipals, arn: string): boolean {
  if (isUsual(arn)) {
    const account = arn.slice(idAt, nameAt - 1);
    if (arn.length === nameAt + 4 && arn.endsWith('root')) accounts.push(account);
    else named.push({ arn, account });
    return true;
  }
  const [, account, rest] = principalArn.exec(arn) ?? [];
  if (account === undefined) return false;
  if (rest === 'root') accounts.push(account);
  else named.push({ arn, account });
  return true;
}

function awsPrincipals(texts: readonly string[]): AwsPrincipals {
  const found: AwsPrincipals = { everyone: false, accounts: [], named: [], uniqueIds: [], illegal: [] };
  for (const text of texts) {
    if (text === '*') found.everyone = true;
    else if (addArn(found, text)) continue;
    else if (isAccountId(text)) found.accounts.push(text);
    else if (uniqueId.test(text)) found.uniqueIds.push(text);
    else found.illegal.push(text);
  }
  return found;
}

const nobodyOfAws = awsPrincipals(none);

function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return undefined;
  for (const one of value) if (typeof one !== 'string') return undefined;
  return value;
}

type Lists = Partial<Readonly<Record<string, readonly string[]>>>;

function principalsOf({ AWS, Service = none, Federated = none, CanonicalUser = none }: Lists): Principals {
  const { everyone, accounts, named, uniqueIds, illegal } =
    AWS === undefined ? nobodyOfAws : awsPrincipals(AWS);
  return {
    everyone,
    everyoneSigned: everyone,
    accounts,
    named,
    services: Service,
    federated: Federated,
    canonicalUsers: CanonicalUser,
    uniqueIds,
    illegal,
  };
}

const types: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

/**
 * A Principal element taken apart, or what is wrong with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipals(element: unknown): Principals | string {
  if (element === '*') return everyone;
  if (typeof element === 'string') return principalsOf({ AWS: [element] });
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    return 'is neither `*` nor an object of principals';
  }
  const lists: Record<string, readonly string[]> = {};
  for (const type in element) {
    const texts = textsOf((element as Record<string, unknown>)[type]);
    if (texts === undefined) return `of type \`${type.slice(0, 40)}\` holds something that is no text`;
    if (!types.has(type))
      return `has the unknown type \`${type.slice(0, 40)}\`; use AWS, Service, Federated or CanonicalUser`;
    lists[type] = texts;
  }
  return principalsOf(lists);
}
