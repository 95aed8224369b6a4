import { serviceOfKind } from '../iam/action-catalog.ts';
import { type Partition, partitionOfArn } from '../iam/arn.ts';
import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import { parsePolicy } from '../iam/policy.ts';
import { namesUsersOfS3, withoutUsersOfS3 } from '../iam/principal.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import { ownAccessPoint } from './access-point.ts';
import { budgetOf } from './budget.ts';
import { type Case, permissionsIn, reachingDenies } from './case.ts';
import type { Clock } from './clock.ts';
import { type CompiledZone, compileZone } from './compiled-zone.ts';
import type { Decision, DecisionInput, JudgedResource, PolicyText } from './decision.ts';
import type { Scene } from './domain.ts';
import type { Form } from './form.ts';
import { type UrlCallers, urlCallersOf } from './function-url.ts';
import type { Grant } from './grant.ts';
import { grantsOf } from './grants.ts';
import { type Mentions, mentionsOf, namesAny, type Side } from './mentions.ts';
import { merge } from './merge.ts';
import { isRemarkable, notesOf } from './notes.ts';
import { isOfBlock, isPublicPolicy, withoutPublicAcls } from './public-policy.ts';
import { formsAt, formsOf } from './reach.ts';
import { withWholeArns } from './short-arn.ts';
import { speaksOfOutsiders } from './standing.ts';

/** What keeps a hostile policy within its time; then the answer widens. */
const maxWork = 100_000;

type Unjudged = Extract<Decision, { state: 'unjudged' }>;

const isUnjudged = (parsed: readonly Statement[] | Unjudged): parsed is Unjudged => !Array.isArray(parsed);

function parseAll(
  policies: readonly PolicyText[],
  control: boolean,
  partition: Partition,
): readonly Statement[] | Unjudged {
  let statements: readonly Statement[] = none;
  for (let i = 0; i < policies.length; i += 1) {
    const { name, text } = policies[i] as PolicyText;
    const parsed = parsePolicy(name, text, control, partition);
    if (parsed.state === 'malformed') return { state: 'unjudged', policy: name, reason: parsed.reason };
    statements = statements.length === 0 ? parsed.statements : [...statements, ...parsed.statements];
  }
  return statements;
}

/** Callers whom only S3 knows are nobody elsewhere; a kind of which we have never heard may be S3's. */
function knownTo(kind: string, statements: readonly Statement[]): readonly Statement[] {
  if (!statements.some(({ principals }) => namesUsersOfS3(principals))) return statements;
  if (serviceOfKind(kind)?.startsWith('s3') !== false) return statements;
  return statements.map((statement) => ({
    ...statement,
    principals: withoutUsersOfS3(statement.principals),
  }));
}

const isDeny = ({ effect }: Statement) => effect === 'Deny';

function deniesAmong(statements: readonly Statement[]): readonly Statement[] {
  let denies: readonly Statement[] = none;
  for (let i = 0; i < statements.length; i += 1) {
    const statement = statements[i] as Statement;
    if (isDeny(statement)) denies = withOne(denies, statement);
  }
  return denies;
}

/** The Allows that may speak of somebody outside. */
function outwardOf(statements: readonly Statement[], kind: string, zone: CompiledZone): readonly Statement[] {
  let found: readonly Statement[] = none;
  for (let i = 0; i < statements.length; i += 1) {
    const statement = statements[i] as Statement;
    if (!isDeny(statement) && speaksOfOutsiders(statement, kind, zone)) found = withOne(found, statement);
  }
  return found;
}

function areRemarkable(statements: readonly Statement[], kind: string, forms: readonly Form[]): boolean {
  for (let i = 0; i < statements.length; i += 1)
    if (isRemarkable(statements[i] as Statement, kind, forms)) return true;
  return false;
}

type Judged = Extract<Decision, { state: 'judged' }>;

const nothing: Judged = { state: 'judged', grants: [], notes: [] };

/** Whether the statements only allow named callers, without conditions: then nothing has edges to search at. */
function isBare(statements: readonly Statement[]): boolean {
  return statements.every(
    ({ effect, conditions, notPrincipal, principals, resourceVariables }) =>
      effect === 'Allow' &&
      conditions.length === 0 &&
      !notPrincipal &&
      !principals.everyone &&
      !resourceVariables,
  );
}

const noMentions = mentionsOf([]);

const withOrganization = (side: Side, id: string): Side => ({
  ...side,
  organizations: new Map([...side.organizations, [id, id]]),
});

/** What the statements speak of: the owner's organization too, where they mean it by a variable and it is not all inside. */
function mentionsFor(statements: readonly Statement[], zone: CompiledZone): Mentions {
  if (isBare(statements)) return noMentions;
  const mentions = mentionsOf(statements);
  const { organization, organizations } = zone;
  if (organization === undefined || organizations.has(organization)) return mentions;
  if (!namesAny(mentions, ['aws:resourceorgid'])) return mentions;
  const { caller, source } = mentions;
  return {
    ...mentions,
    caller: withOrganization(caller, organization),
    source: withOrganization(source, organization),
  };
}

/** The owner's account is always inside. */
function withOwner(zone: CompiledZone, owner: string): CompiledZone {
  if (zone.accounts.has(owner)) return zone;
  return { ...zone, accounts: new Set([...zone.accounts, owner]) };
}

function sceneOf(
  resource: JudgedResource,
  { organization }: CompiledZone,
  clock: Clock,
  urlCallers: UrlCallers,
): Scene {
  const { arn, owner } = resource;
  const partition = partitionOfArn(arn);
  const accessPoint = ownAccessPoint(resource);
  return {
    partition,
    owner,
    arn,
    ownerOrganization: organization,
    accessPoint,
    clock,
    urlCallers,
  };
}

/** The policies of a part of a resource, or what is not of its parts. */
interface Part {
  /** Where its policies are attached; undefined for what is not of the parts. */
  readonly attachedTo: readonly string[] | undefined;
  /** The statements of all parts: whom one of them names counts as named. */
  readonly spoken: readonly Statement[];
}

const undivided: Part = { attachedTo: undefined, spoken: none };

/** @param above statements of which the Denies alone count: those of resource control policies, and their like */
function judge(
  { resource, zone, blockPublicAccess }: Omit<DecisionInput, 'policies'>,
  statements: readonly Statement[],
  above: readonly Statement[],
  clock: Clock,
  { attachedTo, spoken }: Part = undivided,
): Judged {
  const { kind } = resource;
  const block = isOfBlock(kind) ? blockPublicAccess : undefined;
  const known = withWholeArns(resource, knownTo(kind, statements));
  const effective = block?.ignorePublicAcls === true ? withoutPublicAcls(known) : known;
  const all = above.length === 0 ? effective : [...effective, ...deniesAmong(above)];
  const inside = withOwner(compileZone(zone), resource.owner);
  const outward = outwardOf(effective, kind, inside);
  const every = formsOf(resource, all);
  const forms = attachedTo === undefined ? every : formsAt(every, attachedTo);
  if (outward.length === 0 && !areRemarkable(effective, kind, forms)) return nothing;
  const trust = kind === 'iam:role';
  const deniesOn = reachingDenies(deniesAmong(all), forms, trust);
  const mentions = mentionsFor(spoken.length === 0 ? all : [...all, ...spoken], inside);
  const given: Case = {
    resource,
    zone: inside,
    deniesOn,
    permissionTo: trust && mentions.sessionKeys.size > 0 ? permissionsIn(all, forms, deniesOn) : undefined,
    forms,
    mentions,
    servicesOnly: block?.restrictPublicBuckets === true && isPublicPolicy(statements, kind),
    anyCaller: false,
    budget: budgetOf(maxWork),
    widened: [],
    scene: sceneOf(resource, inside, clock, urlCallersOf(kind, effective, above)),
  };
  let found: readonly (readonly Grant[])[] = none;
  for (let i = 0; i < outward.length; i += 1)
    found = withOne(found, grantsOf(given, outward[i] as Statement));
  const grants = merge(found, all);
  return { state: 'judged', grants, notes: notesOf(given, effective, above, grants) };
}

const isAttachedToParts = ({ attachedTo }: PolicyText) => attachedTo !== undefined;

/** What the policies of the resource's parts let in, each by itself; those of the whole resource deny in each. */
function judgeApart(
  input: DecisionInput,
  statements: readonly Statement[],
  controls: readonly Statement[],
  clock: Clock,
): Judged {
  const parts = input.policies.filter(isAttachedToParts);
  const whole = statements.filter(({ policy }) => parts.every(({ name }) => name !== policy));
  const found = parts.map(({ name, attachedTo }) => {
    const own = statements.filter(({ policy }) => policy === name);
    return judge(input, own, [...whole, ...controls], clock, { attachedTo, spoken: statements });
  });
  found.push(judge(input, whole, controls, clock, { attachedTo: undefined, spoken: statements }));
  return {
    state: 'judged',
    grants: merge(
      found.map(({ grants }) => grants),
      undefined,
    ),
    notes: gather(found, ({ notes }) => notes),
  };
}

/**
 * What `decide` answers, without regard to what was asked before.
 * @param clock conditions on dates past are dead
 */
export function judgeAfresh(input: DecisionInput, clock: Clock): Decision {
  const partition = partitionOfArn(input.resource.arn);
  const statements = parseAll(input.policies, false, partition);
  if (isUnjudged(statements)) return statements;
  const controls =
    input.resourceControlPolicies === undefined
      ? none
      : parseAll(input.resourceControlPolicies, true, partition);
  if (isUnjudged(controls)) return controls;
  return input.policies.some(isAttachedToParts)
    ? judgeApart(input, statements, controls, clock)
    : judge(input, statements, controls, clock);
}
