import { isAccountId } from '../iam/arn.ts';
import type { Condition } from '../iam/condition.ts';
import { hasWildcard, sampleOf } from '../iam/glob.ts';
import type { Statement } from '../iam/statement.ts';
import { variableKeys } from '../iam/variable.ts';
import type { Membership } from './caller.ts';

/** The accounts and organizations that conditions speak of, on one side: the caller's, or the source's behind a service. */
export interface Side {
  readonly accounts: ReadonlySet<string>;
  readonly accountPatterns: ReadonlySet<string>;
  /** Ids of organizations by what the policy writes of them: the id itself, or a glob that it matches. */
  readonly organizations: ReadonlyMap<string, string>;
  /** Globs of organization paths, with the id of an organization that each can be in. */
  readonly paths: ReadonlyMap<string, string>;
}

/** What the policies' conditions speak of: where the space of callers has its edges. */
export interface Mentions {
  readonly caller: Side;
  readonly source: Side;
  /** ARNs of principals, without wildcards. */
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** All keys that conditions and variables name, in lower case. */
  readonly keys: ReadonlySet<string>;
  /** Whether one of them is about the network. */
  readonly network: boolean;
}

interface SideBuilder {
  accounts: Set<string>;
  accountPatterns: Set<string>;
  organizations: Map<string, string>;
  paths: Map<string, string>;
}

interface Builder {
  caller: SideBuilder;
  source: SideBuilder;
  arns: Set<string>;
  services: Set<string>;
  keys: Set<string>;
  network: boolean;
}

/** An organization that nobody has mentioned. */
export const freshMembership: Membership = { organization: 'o-zq81xk7f2m', path: undefined };

/** What can be the ARN of a caller. */
const principalArn =
  /^arn:[^:]*:(?:iam|sts)::\d{12}:(?:root|(?:user|role|assumed-role|federated-user)\/[^*?]+)$/;

/** Keys of the network by which a request comes. */
export const networkKeys = /^aws:(sourceip|sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip|vpce.*)$/;

const organizationId = /^o-[a-z0-9]{1,32}$/;

function addAccount(side: SideBuilder, text: string): void {
  if (isAccountId(text)) side.accounts.add(text);
  else if (hasWildcard(text) && /^[\d*?]*\d[\d*?]*$|^\?+$/.test(text)) side.accountPatterns.add(text);
}

/** The id itself, or one that the glob matches; undefined when no organization can have it. */
function organizationLike(text: string): string | undefined {
  const id = hasWildcard(text)
    ? sampleOf(text.replaceAll('?', 'z'), freshMembership.organization.slice(2))
    : text;
  return organizationId.test(id) ? id : undefined;
}

function addOrganization(side: SideBuilder, text: string): void {
  const id = organizationLike(text);
  if (id !== undefined) side.organizations.set(text, id);
}

function addPath(side: SideBuilder, text: string): void {
  const [head = ''] = text.split('/', 1);
  const id = organizationLike(head) ?? (head.includes('*') ? freshMembership.organization : undefined);
  if (id === undefined) return;
  side.paths.set(text, id);
  side.organizations.set(hasWildcard(head) ? '*' : head, id);
}

function addArn(side: SideBuilder, text: string): void {
  const account = text.split(':')[4];
  if (account !== undefined) addAccount(side, account);
}

const readers: Readonly<Record<string, (builder: Builder, value: string) => void>> = {
  'aws:principalaccount': ({ caller }, value) => addAccount(caller, value),
  'kms:calleraccount': ({ caller, source }, value) => {
    addAccount(caller, value);
    addAccount(source, value);
  },
  'aws:principalarn': (builder, value) => {
    addArn(builder.caller, value);
    if (principalArn.test(value)) builder.arns.add(value);
  },
  'aws:userid': ({ caller }, value) => addAccount(caller, value),
  'aws:principalorgid': ({ caller }, value) => addOrganization(caller, value),
  'aws:principalorgpaths': ({ caller }, value) => addPath(caller, value),
  'aws:sourceaccount': ({ source }, value) => addAccount(source, value),
  'aws:sourceowner': ({ caller, source }, value) => {
    addAccount(caller, value);
    addAccount(source, value);
  },
  'aws:sourcearn': ({ source }, value) => addArn(source, value),
  'aws:sourceorgid': ({ source }, value) => addOrganization(source, value),
  'aws:sourceorgpaths': ({ source }, value) => addPath(source, value),
  'aws:principalservicename': ({ services }, value) => addService(services, value),
  'aws:principalservicenameslist': ({ services }, value) => addService(services, value),
};

function addService(services: Set<string>, value: string): void {
  if (!hasWildcard(value)) services.add(value);
}

function addCondition(builder: Builder, { key, values, variables }: Condition): void {
  builder.keys.add(key);
  if (variables) for (const named of values.flatMap(variableKeys)) builder.keys.add(named);
  const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (read !== undefined) for (const value of values) read(builder, value);
  else if (key.startsWith('kms:encryptioncontext:'))
    for (const value of values) addArn(builder.source, value);
}

function addStatement(
  builder: Builder,
  { conditions, principals, resources, resourceVariables }: Statement,
): void {
  for (const condition of conditions) addCondition(builder, condition);
  for (const account of principals.accounts) builder.caller.accounts.add(account);
  for (const { account, arn } of principals.named) {
    builder.caller.accounts.add(account);
    builder.arns.add(arn);
  }
  for (const service of principals.services) builder.services.add(service);
  if (resourceVariables) for (const key of (resources ?? []).flatMap(variableKeys)) builder.keys.add(key);
}

/** Whether the policies name one of the keys. */
export function namesAny({ keys }: Mentions, wanted: readonly string[]): boolean {
  if (keys.size === 0) return false;
  for (const key of wanted) if (keys.has(key)) return true;
  return false;
}

/** Reads the edges out of the statements' conditions, resources and lists of principals. */
export function mentionsOf(statements: readonly Statement[]): Mentions {
  const side = (): SideBuilder => ({
    accounts: new Set(),
    accountPatterns: new Set(),
    organizations: new Map(),
    paths: new Map(),
  });
  const builder: Builder = {
    caller: side(),
    source: side(),
    arns: new Set(),
    services: new Set(),
    keys: new Set(),
    network: false,
  };
  for (const statement of statements) addStatement(builder, statement);
  for (const key of builder.keys) if (networkKeys.test(key)) builder.network = true;
  return builder;
}
