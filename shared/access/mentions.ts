import { isAccountId } from '../iam/arn.ts';
import { accountSegment } from '../iam/arn-pattern.ts';
import type { Condition } from '../iam/condition.ts';
import { isOfToken, type KeyFacts } from '../iam/context-key.ts';
import { gather } from '../iam/gather.ts';
import { hasWildcard } from '../iam/glob.ts';
import { longList } from '../iam/long-list.ts';
import { remembering } from '../iam/memory.ts';
import type { Principals } from '../iam/principal.ts';
import { isPrincipalArn } from '../iam/principal-text.ts';
import type { Statement } from '../iam/statement.ts';
import { variableKeys } from '../iam/variable.ts';
import { permissionFor } from './assume-role-keys.ts';
import { accountArnKeys } from './credential-keys.ts';
import { freshOrganization, organizationLike, wholeOrganizationsOf } from './organization-like.ts';
import { organizationsOfPath } from './organization-path.ts';
import { isOfPair } from './pair-names.ts';
import { namesServiceLinkedRole } from './service-linked-role.ts';
import { textsByVariables } from './texts-by-variables.ts';

/** The accounts and organizations that conditions speak of, on one side: the caller's, or the source's behind a service. */
export interface Side {
  readonly accounts: ReadonlySet<string>;
  readonly accountPatterns: ReadonlySet<string>;
  /** Ids of organizations by what the policy writes of them: the id itself, or a glob that it matches. */
  readonly organizations: ReadonlyMap<string, string>;
  /** Globs of organization paths, with the id of an organization that each can be in; those of whole organizations aside. */
  readonly paths: ReadonlyMap<string, string>;
}

/** What the policies' conditions speak of: where the space of callers has its edges. */
export interface Mentions {
  readonly caller: Side;
  readonly source: Side;
  /** ARNs of principals, without wildcards. */
  readonly arns: ReadonlySet<string>;
  /** Those whom elements name one by one, statement by statement. */
  readonly named: readonly Principals['named'][];
  readonly services: ReadonlySet<string>;
  /** Globs of the names of services. */
  readonly serviceGlobs: ReadonlySet<string>;
  /** All keys that conditions and variables name, in lower case. */
  readonly keys: ReadonlySet<string>;
  /** Those of them that say what a call passes to the session that it opens. */
  readonly sessionKeys: ReadonlySet<string>;
  /** Whether one of them says something of another. */
  readonly pairedKeys: boolean;
  /** Whether one of them is about the network. */
  readonly network: boolean;
  /** Whether one of them is what a token says, which only sessions made from it keep. */
  readonly tokens: boolean;
  /** Whether globs of ARNs may tell federated users from other principals. */
  readonly federatedUsers: boolean;
  /** Whether a condition has very many values. */
  readonly longLists: boolean;
  /** Whether conditions, those of resource control policies aside, speak of service-linked roles. */
  readonly serviceLinkedRoles: boolean;
}

interface SideBuilder {
  accounts: Set<string>;
  accountPatterns: Set<string>;
  organizations: Map<string, string>;
  paths: Map<string, string>;
}

interface Builder {
  readonly caller: SideBuilder;
  readonly source: SideBuilder;
  arns: Set<string>;
  readonly named: Principals['named'][];
  services: Set<string>;
  serviceGlobs: Set<string>;
  keys: Set<string>;
  sessionKeys: Set<string>;
  pairedKeys: boolean;
  network: boolean;
  tokens: boolean;
  federatedUsers: boolean;
  longLists: boolean;
  serviceLinkedRoles: boolean;
  /** Whether conditions compare with variables. */
  variables: boolean;
}

/** What nothing is put into: most policies mention little, and a set of their own is made when they do. */
const noTexts = new Set<string>();
const noPairs = new Map<string, string>();

const withText = (set: Set<string>, text: string) => (set === noTexts ? new Set<string>() : set).add(text);
const withPair = (map: Map<string, string>, key: string, value: string) =>
  (map === noPairs ? new Map<string, string>() : map).set(key, value);

/** Keys of the network by which a request comes. */
export const networkKeys = /^aws:(sourceip|sourcevpc|sourcevpce|sourcevpcarn|vpcsourceip|vpce.*)$/;

function addAccount(side: SideBuilder, text: string): void {
  if (isAccountId(text)) side.accounts = withText(side.accounts, text);
  else if (hasWildcard(text) && /^[\d*?]*\d[\d*?]*$|^\?+$/.test(text))
    side.accountPatterns = withText(side.accountPatterns, text);
}

function addOrganization(side: SideBuilder, text: string): void {
  const id = organizationLike(text);
  if (id !== undefined) side.organizations = withPair(side.organizations, text, id);
}

function addPath(side: SideBuilder, text: string): void {
  const whole = wholeOrganizationsOf(text);
  const head = organizationsOfPath(text);
  addOrganization(side, whole ?? head);
  const id = organizationLike(head) ?? (head.includes('*') ? freshOrganization : undefined);
  if (whole === undefined && id !== undefined) side.paths = withPair(side.paths, text, id);
}

/** The account in its segment. In a glob that is no ARN twelve digits are an account, and fewer one of accounts (`*2222*`). */
function addArn(side: SideBuilder, text: string): void {
  addAccount(side, accountSegment(text) ?? /\d{12}/.exec(text)?.[0] ?? text);
}

type Reader = (builder: Builder, value: string) => void;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>(
  Object.entries({
    'aws:principalaccount': ({ caller }, value) => addAccount(caller, value),
    'kms:calleraccount': ({ caller, source }, value) => {
      addAccount(caller, value);
      addAccount(source, value);
    },
    'aws:principalarn': (builder, value) => {
      addArn(builder.caller, value);
      if (isPrincipalArn(value)) builder.arns = withText(builder.arns, value);
      if (hasWildcard(value)) builder.federatedUsers = true;
    },
    ...Object.fromEntries(accountArnKeys.map((key) => [key, addCallerArn])),
    'aws:userid': addUserId,
    'aws:principalorgid': ({ caller }, value) => addOrganization(caller, value),
    'aws:principalorgpaths': ({ caller }, value) => addPath(caller, value),
    'aws:sourceaccount': ({ source }, value) => addAccount(source, value),
    'aws:sourceowner': ({ caller, source }, value) => {
      addAccount(caller, value);
      addAccount(source, value);
    },
    'aws:sourcearn': addSourceArn,
    'aws:sourceorgid': ({ source }, value) => addOrganization(source, value),
    'aws:sourceorgpaths': ({ source }, value) => addPath(source, value),
    'aws:principalservicename': addService,
    'aws:principalservicenameslist': addService,
  }),
);

/** The id of a root user is its account; that of a federated user is the account and the name. */
function addUserId({ caller }: Builder, value: string): void {
  addAccount(caller, value.split(':', 1)[0] ?? '');
}

function addCallerArn({ caller }: Builder, value: string): void {
  addArn(caller, value);
}

function addSourceArn({ source }: Builder, value: string): void {
  addArn(source, value);
}

/** What can be the name of a service: `delivery.logs.amazonaws.com`. */
const serviceName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

function addService(builder: Builder, value: string): void {
  const name = value.toLowerCase();
  if (hasWildcard(name)) builder.serviceGlobs = withText(builder.serviceGlobs, name);
  else if (serviceName.test(name)) builder.services = withText(builder.services, name);
}

/** How a key is read: what it is about, and what its values speak of. */
const readingOf = remembering((key) => ({
  network: networkKeys.test(key),
  passed: permissionFor(key) !== undefined,
  paired: isOfPair(key),
  token: isOfToken(key),
  read: key.startsWith('kms:encryptioncontext:') ? addSourceArn : readers.get(key),
}));

function addKey(builder: Builder, key: string, facts?: KeyFacts): Reader | undefined {
  builder.keys = withText(builder.keys, key);
  // What a token says speaks of no caller, and each issuer has keys of its own.
  if (facts?.reach === 'provider') {
    builder.tokens = true;
    return undefined;
  }
  const { network, passed, paired, token, read } = readingOf(key);
  if (paired) builder.pairedKeys = true;
  if (token) builder.tokens = true;
  if (network) builder.network = true;
  if (passed) builder.sessionKeys = withText(builder.sessionKeys, key);
  return read;
}

function addCondition(builder: Builder, { key, facts, operator, values, variables }: Condition): void {
  const read = addKey(builder, key, facts);
  if (values.length >= longList) builder.longLists = true;
  if (variables) {
    builder.variables = true;
    for (const named of gather(values, variableKeys)) addKey(builder, named);
  }
  if (read === undefined || operator.comparison === 'Null') return;
  const ignoresCase = operator.comparison === 'StringEqualsIgnoreCase';
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as string;
    read(builder, ignoresCase ? value.toLowerCase() : value);
  }
}

function addVariables(builder: Builder, statements: readonly Statement[]): void {
  const conditions = gather(statements, (statement) => statement.conditions);
  for (const [key, text] of textsByVariables(conditions)) {
    if (text !== '*') readingOf(key).read?.(builder, text);
  }
}

function addStatement(
  builder: Builder,
  { conditions, principals, resources, resourceVariables, control }: Statement,
): void {
  for (let i = 0; i < conditions.length; i += 1) {
    const condition = conditions[i] as Condition;
    addCondition(builder, condition);
    if (!control && namesServiceLinkedRole(condition)) builder.serviceLinkedRoles = true;
  }
  const { caller } = builder;
  for (let i = 0; i < principals.accounts.length; i += 1)
    caller.accounts = withText(caller.accounts, principals.accounts[i] as string);
  if (principals.named.length > 0) builder.named.push(principals.named);
  for (let i = 0; i < principals.named.length; i += 1) {
    const { account, arn } = principals.named[i] as Principals['named'][number];
    caller.accounts = withText(caller.accounts, account);
    builder.arns = withText(builder.arns, arn);
  }
  for (let i = 0; i < principals.services.length; i += 1)
    builder.services = withText(builder.services, principals.services[i] as string);
  if (resourceVariables) for (const key of gather(resources ?? [], variableKeys)) addKey(builder, key);
}

/** Whether the policies name one of the keys. */
export function namesAny({ keys }: Mentions, wanted: readonly string[]): boolean {
  if (keys.size === 0) return false;
  for (let i = 0; i < wanted.length; i += 1) if (keys.has(wanted[i] as string)) return true;
  return false;
}

const sideBuilder = (): SideBuilder => ({
  accounts: noTexts,
  accountPatterns: noTexts,
  organizations: noPairs,
  paths: noPairs,
});

const newBuilder = (): Builder => ({
  caller: sideBuilder(),
  source: sideBuilder(),
  arns: noTexts,
  named: [],
  services: noTexts,
  serviceGlobs: noTexts,
  keys: noTexts,
  sessionKeys: noTexts,
  pairedKeys: false,
  network: false,
  tokens: false,
  federatedUsers: false,
  longLists: false,
  serviceLinkedRoles: false,
  variables: false,
});

/** Reads the edges out of conditions alone. */
export function mentionsIn(conditions: readonly Condition[]): Mentions {
  const builder = newBuilder();
  for (let i = 0; i < conditions.length; i += 1) addCondition(builder, conditions[i] as Condition);
  return builder;
}

/** Reads the edges out of the statements' conditions, resources and lists of principals. */
export function mentionsOf(statements: readonly Statement[]): Mentions {
  const builder = newBuilder();
  for (let i = 0; i < statements.length; i += 1) addStatement(builder, statements[i] as Statement);
  if (builder.variables) addVariables(builder, statements);
  return builder;
}
