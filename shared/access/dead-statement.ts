import type { Statement } from '../iam/statement.ts';
import { actionsMatching } from './action-list.ts';
import { type ActionSet, overlap } from './action-set.ts';
import { admitted } from './admit.ts';
import { isOfSession } from './caller.ts';
import { type Case, noDenies, questionsOf } from './case.ts';
import type { CompiledZone } from './compiled-zone.ts';
import { conditionWords } from './condition-words.ts';
import type { Form } from './form.ts';
import { type Mentions, mentionsOf, type Side } from './mentions.ts';
import { actionsCovered, meetingOf } from './reach.ts';
import { isSuspicious } from './suspicion.ts';

/** A zone in which nobody is inside. */
const nobodys: CompiledZone = {
  organization: undefined,
  accounts: new Set(),
  organizations: new Set(),
  paths: [],
  roots: new Map(),
  canonicalUsers: new Set(),
  tenants: [],
};

/** What a statement speaks of, and the owner with its organization, whom variables can mean. */
function mentionsWithOwner(statement: Statement, given: Case): Mentions {
  const mentions = mentionsOf([statement]);
  return {
    ...mentions,
    caller: withOwner(mentions.caller, given),
    source: withOwner(mentions.source, given),
  };
}

function withOwner(side: Side, { resource, zone: { organization } }: Case): Side {
  const organizations = new Map(side.organizations);
  if (organization !== undefined) organizations.set(organization, organization);
  return { ...side, accounts: new Set([...side.accounts, resource.owner]), organizations };
}

/** Whether some caller at all, inside or outside, could make a request that the statement is about. */
function canFire(given: Case, statement: Statement): boolean {
  const { scene } = given;
  const alone: Case = {
    ...given,
    zone: { ...nobodys, organization: given.zone.organization, roots: given.zone.roots },
    deniesOn: noDenies,
    servicesOnly: false,
    anyCaller: true,
    permissionTo:
      given.permissionTo && ((action) => ({ allows: given.permissionTo?.(action).allows ?? [], denies: [] })),
    mentions: mentionsWithOwner(statement, given),
    scene: {
      ...scene,
      urlCallers: 'everyone',
    },
  };
  return questionsOf(alone, statement).some(({ question }) => admitted(question).length > 0);
}

/** Whether the statement names anybody who can exist. */
function namesSomebody({ principals, notPrincipal }: Statement): boolean {
  const { everyone, accounts, named, services, federated, canonicalUsers } = principals;
  if (notPrincipal || everyone || accounts.length + named.length + services.length > 0) return true;
  return federated.length + canonicalUsers.length > 0;
}

/** Whether there is nothing in the Principal; what names somebody who cannot exist is noted by itself. */
const namesNothing = ({ principals: { uniqueIds, illegal } }: Statement) =>
  uniqueIds.length + illegal.length === 0;

/** Whether actions, resources and principals of a statement plainly go together. */
function plainlyFires(statement: Statement, kind: string, forms: readonly Form[]): boolean {
  const { resources, notResource, resourceVariables, notPrincipal, principals } = statement;
  if (notResource || resourceVariables || notPrincipal) return false;
  const trust = kind === 'iam:role';
  if (trust && namesSession(principals)) return false;
  if (trust && (principals.federated.length > 0 || principals.everyone))
    return plainlyAssumes(forms, statement);
  for (let i = 0; i < forms.length; i += 1) {
    const form = forms[i] as Form;
    if (trust) return plainlyCovers(statement, form, actionsMatching('sts:AssumeRole', form.list));
    if (!plainlyCovers(statement, form, form.list.acrossAccounts)) continue;
    if (resources === undefined || plainlyMeets(resources, form)) return true;
  }
  return false;
}

/** Whether one of the actions that the statement covers is among those. */
function plainlyCovers(statement: Statement, { list }: Form, those: ActionSet): boolean {
  const { actions, notAction } = statement;
  if (notAction) return overlap(actionsCovered(statement, list), those);
  for (let i = 0; i < actions.length; i += 1)
    if (overlap(actionsMatching(actions[i] as string, list), those)) return true;
  return false;
}

function namesSession({ named }: Statement['principals']): boolean {
  for (let i = 0; i < named.length; i += 1)
    if (isOfSession((named[i] as (typeof named)[number]).arn)) return true;
  return false;
}

function plainlyMeets(resources: readonly string[], form: Form): boolean {
  for (let i = 0; i < resources.length; i += 1) {
    const meeting = meetingOf(resources[i] as string, form);
    if (meeting === 'all' || meeting === 'some') return true;
  }
  return false;
}

/** A token comes by its own call: the usual pairs of provider and action. */
function plainlyAssumes([form]: readonly Form[], statement: Statement): boolean {
  if (form === undefined) return false;
  const [provider = ''] = statement.principals.federated;
  const call = provider.includes(':saml-provider/')
    ? 'sts:AssumeRoleWithSAML'
    : 'sts:AssumeRoleWithWebIdentity';
  return provider !== '' && plainlyCovers(statement, form, actionsMatching(call, form.list));
}

/** Whether it takes a search to say that a statement can fire. */
export function mayBeDead(statement: Statement, kind: string, forms: readonly Form[]): boolean {
  if (statement.effect === 'Deny' || statement.unknownOperators.length > 0) return false;
  if (!namesSomebody(statement)) return namesNothing(statement);
  return isSuspicious(statement, kind) || !plainlyFires(statement, kind, forms);
}

/** Whether a statement names callers of other accounts alone, and only actions that these cannot call. */
function isOutOfReach({ resource: { owner }, forms }: Case, statement: Statement): boolean {
  const { notPrincipal, principals } = statement;
  const { everyone, accounts, named, services, federated, canonicalUsers } = principals;
  const others = services.length + federated.length + canonicalUsers.length;
  if (notPrincipal || everyone || others > 0 || accounts.includes(owner)) return false;
  if (named.some(({ account }) => account === owner)) return false;
  return forms.every(({ list }) => !overlap(actionsCovered(statement, list), list.acrossAccounts));
}

/** Why a statement that may be dead can never fire, or undefined when it can. */
export function whyDead(given: Case, statement: Statement): string | undefined {
  if (canFire(given, statement))
    return isOutOfReach(given, statement) ? 'other accounts can call none of its actions' : undefined;
  if (!namesSomebody(statement)) return 'its Principal is empty';
  const bare: Statement = { ...statement, conditions: [] };
  if (statement.conditions.length > 0 && canFire(given, bare)) {
    const culprit = statement.conditions.find(
      (condition) => !canFire(given, { ...statement, conditions: [condition] }),
    );
    if (culprit === undefined) return 'its conditions contradict one another';
    return `no request of these callers meets ${conditionWords(culprit, 120)}`;
  }
  const { resources: _, ...anywhere } = bare;
  const elsewhere = { ...anywhere, resources: undefined, notResource: false };
  if (canFire(given, elsewhere)) return 'its actions are never called on the resources that it names';
  return given.resource.kind === 'iam:role'
    ? 'its principals cannot make the calls that it names'
    : 'none of its actions is called on a resource of this kind';
}
