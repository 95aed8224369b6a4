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
  /** By what the policy writes: an organization's id, a path, a glob of either. */
  readonly memberships: ReadonlyMap<string, Membership>;
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
}

interface SideBuilder {
  accounts: Set<string>;
  accountPatterns: Set<string>;
  memberships: Map<string, Membership>;
}

interface Builder {
  caller: SideBuilder;
  source: SideBuilder;
  arns: Set<string>;
  services: Set<string>;
  keys: Set<string>;
}

/** An organization that nobody has mentioned. */
export const freshMembership: Membership = {
  organization: 'o-zq81xk7f2m',
  path: 'o-zq81xk7f2m/r-zq81/ou-zq81-7f2mxk81/',
};

const insideOf = (organization: string) => `${organization}/r-zq81/ou-zq81-7f2mxk81/`;
const organizationId = /^o-[a-z0-9]{1,32}$/;

function addAccount(side: SideBuilder, text: string): void {
  if (isAccountId(text)) side.accounts.add(text);
  else if (hasWildcard(text) && /^[\d*?]*\d[\d*?]*$|^\?+$/.test(text)) side.accountPatterns.add(text);
}

function addOrganization(side: SideBuilder, text: string): void {
  const organization = hasWildcard(text) ? sampleOf(text.replaceAll('?', 'z'), 'zq81xk7f2m') : text;
  if (organizationId.test(organization))
    side.memberships.set(text, { organization, path: insideOf(organization) });
}

function addPath(side: SideBuilder, text: string): void {
  const [head = ''] = text.split('/', 1);
  const organization = hasWildcard(head) ? sampleOf(head.replaceAll('?', 'z'), 'zq81xk7f2m') : head;
  const id = organizationId.test(organization) ? organization : freshMembership.organization;
  const rest = text.slice(head.length);
  const path = rest === '' || hasWildcard(head) ? `${id}${rest.startsWith('/') ? rest : '/*'}` : text;
  side.memberships.set(text, { organization: id, path });
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
    if (!hasWildcard(value)) builder.arns.add(value);
  },
  'aws:userid': ({ caller }, value) => addAccount(caller, value),
  'aws:principalorgid': ({ caller }, value) => addOrganization(caller, value),
  'aws:principalorgpaths': ({ caller }, value) => addPath(caller, value),
  'aws:sourceaccount': ({ source }, value) => addAccount(source, value),
  'aws:sourceowner': ({ source }, value) => addAccount(source, value),
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

/** Reads the edges out of the statements' conditions, resources and lists of principals. */
export function mentionsOf(statements: readonly Statement[]): Mentions {
  const side = (): SideBuilder => ({
    accounts: new Set(),
    accountPatterns: new Set(),
    memberships: new Map(),
  });
  const builder: Builder = {
    caller: side(),
    source: side(),
    arns: new Set(),
    services: new Set(),
    keys: new Set(),
  };
  for (const { conditions, principals, resources, resourceVariables } of statements) {
    for (const condition of conditions) addCondition(builder, condition);
    for (const account of principals.accounts) builder.caller.accounts.add(account);
    for (const { account, arn } of principals.named) {
      builder.caller.accounts.add(account);
      if (!arn.includes(':sts:')) builder.arns.add(arn);
    }
    for (const service of principals.services) builder.services.add(service);
    if (resourceVariables) for (const key of (resources ?? []).flatMap(variableKeys)) builder.keys.add(key);
  }
  return builder;
}
