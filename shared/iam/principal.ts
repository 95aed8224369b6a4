import { type AccountId, accountIdLength, areDigits, isAccountId } from './arn.ts';
import { hasWildcard } from './glob.ts';
import { none } from './none.ts';
import { textsOf } from './texts.ts';

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
const principalArn = /^arn:[a-z-]+:(?:iam|sts)::(\d{12}|cloudfront):([^*?]+)$/;
/** What principals' names begin with: a group, a policy or a provider is none under `AWS`. */
const sorts: readonly string[] = ['role/', 'user/', 'assumed-role/', 'federated-user/'];

function isPrincipal(text: string, at: number): boolean {
  return sorts.some((sort) => text.startsWith(sort, at));
}

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

/** The list with one more. The empty one is everybody's and stays as it is; any other is the gatherer's own. */
function withOne<T>(list: readonly T[], one: T): readonly T[] {
  if (list.length === 0) return [one];
  (list as T[]).push(one);
  return list;
}

function addNamed(found: Gathered, account: AccountId, arn: string, isRoot: boolean): void {
  if (isRoot) found.accounts = withOne(found.accounts, account);
  else found.named = withOne(found.named, { arn, account });
}

/** Adds the principal of an ARN; whether the text is one. */
function addArn(found: Gathered, arn: string): boolean {
  if (isUsual(arn)) {
    const isRoot = arn.length === nameAt + 4 && arn.endsWith('root');
    if (!isRoot && !isPrincipal(arn, nameAt)) return false;
    addNamed(found, arn.slice(idAt, nameAt - 1), arn, isRoot);
    return true;
  }
  const [, account, rest = ''] = principalArn.exec(arn) ?? [];
  if (account === undefined || !(rest === 'root' || isPrincipal(rest, 0))) return false;
  addNamed(found, account, arn, rest === 'root');
  return true;
}

function addAws(found: Gathered, texts: readonly string[]): void {
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i] as string;
    if (text === '*') found.everyone = true;
    else if (addArn(found, text)) continue;
    else if (isAccountId(text)) found.accounts = withOne(found.accounts, text);
    else if (uniqueId.test(text)) found.uniqueIds = withOne(found.uniqueIds, text);
    else found.illegal = withOne(found.illegal, text);
  }
  found.everyoneSigned = found.everyone;
}

/** Adds the principals of one type; whether there is such a type. */
function add(found: Gathered, type: string, texts: readonly string[]): boolean {
  if (type === 'AWS') addAws(found, texts);
  else if (type === 'Service') found.services = texts;
  else if (type === 'Federated') found.federated = texts;
  else if (type === 'CanonicalUser') found.canonicalUsers = texts;
  else return false;
  return true;
}

/**
 * A Principal element taken apart, or what is wrong with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipals(element: unknown): Principals | string {
  if (element === '*') return everyone;
  const found = nobody();
  if (typeof element === 'string') {
    addAws(found, [element]);
    return found;
  }
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    return 'is neither `*` nor an object of principals';
  }
  for (const type in element) {
    const texts = textsOf((element as Record<string, unknown>)[type]);
    if (texts === undefined) return `of type \`${type.slice(0, 40)}\` holds something that is no text`;
    if (!add(found, type, texts))
      return `has the unknown type \`${type.slice(0, 40)}\`; use AWS, Service, Federated or CanonicalUser`;
  }
  return found;
}
