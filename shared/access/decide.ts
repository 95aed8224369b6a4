import { serviceOfKind } from '../iam/action-catalog.ts';
import { parseArn } from '../iam/arn.ts';
import { parsePolicy } from '../iam/policy.ts';
import { acceptsUnsigned } from '../iam/service.ts';
import type { Statement } from '../iam/statement.ts';
import { admitted } from './admit.ts';
import { remaining } from './bounds.ts';
import { type CompiledZone, compileZone } from './compiled-zone.ts';
import type { Decision, DecisionInput, JudgedResource, PolicyText } from './decision.ts';
import { resourceKey } from './domain.ts';
import { type Draft, writtenActions, writtenResources } from './draft.ts';
import { allows } from './evaluate.ts';
import { explain } from './explain.ts';
import { madeCondition } from './goal.ts';
import type { Grant, Note } from './grant.ts';
import { type Mentions, mentionsOf } from './mentions.ts';
import { merge } from './merge.ts';
import { notesOf } from './notes.ts';
import { isPublicPolicy, withoutPublicAcls } from './public-policy.ts';
import type { Admission, Denying, Question } from './question.ts';
import {
  type ActionSet,
  actionsControlled,
  actionsCovered,
  actionsOf,
  type Form,
  formsOf,
  splitBy,
} from './reach.ts';
import { witnessOf } from './witness.ts';

/** What keeps a hostile policy within its time; then the answer widens. */
const maxSteps = 20_000;

interface Parsed {
  readonly statements: readonly Statement[];
  readonly controls: readonly Statement[];
}

interface Case {
  readonly resource: JudgedResource;
  readonly zone: CompiledZone;
  readonly allows: readonly Statement[];
  readonly denies: readonly Statement[];
  /** Denies of resource control policies: they reach the services that these policies cover. */
  readonly controls: ReadonlySet<Statement>;
  readonly forms: readonly Form[];
  readonly mentions: Mentions;
  /** S3 cuts a public policy down to services and the owner's account. */
  readonly servicesOnly: boolean;
  readonly budget: { steps: number };
  readonly now: number;
}

function parseAll(
  policies: readonly PolicyText[],
): readonly Statement[] | Extract<Decision, { state: 'unjudged' }> {
  const statements: Statement[] = [];
  for (const { name, text } of policies) {
    const parsed = parsePolicy(name, text);
    if (parsed.state === 'malformed') return { state: 'unjudged', policy: name, reason: parsed.reason };
    statements.push(...parsed.statements);
  }
  return statements;
}

function resourceConditions({ resources, notResource, resourceVariables }: Statement, trust: boolean) {
  if (resources === undefined || trust || (!notResource && resources.includes('*'))) return [];
  return [
    madeCondition(resourceKey, 'StringLike', resources, {
      negated: notResource,
      variables: resourceVariables,
    }),
  ];
}

/** The actions of a trust policy that let somebody in; the others only go with them. */
const doors = /^sts:assumerole/;

function doorSet(kind: string, form: Form): ActionSet {
  if (kind !== 'iam:role') return ~0n;
  return form.lower.reduce((set, action, i) => (doors.test(action) ? set | (1n << BigInt(i)) : set), 0n);
}

function unsignedSet(form: Form): ActionSet {
  return form.lower.reduce((set, action, i) => (acceptsUnsigned(action) ? set | (1n << BigInt(i)) : set), 0n);
}

function questionsOf(
  given: Case,
  statement: Statement,
  form: Form,
): readonly { readonly set: ActionSet; readonly question: Question }[] {
  const { kind, arn, owner } = given.resource;
  const trust = kind === 'iam:role';
  const all = actionsCovered(statement, form) & doorSet(kind, form);
  if (all === 0n) return [];
  const controlled = given.controls.size === 0 ? 0n : actionsControlled(form);
  const denies = given.denies
    .filter(({ unknownOperators }) => unknownOperators.length === 0)
    .map((deny) => ({
      deny,
      set: given.controls.has(deny) ? actionsCovered(deny, form) & controlled : actionsCovered(deny, form),
    }));
  const single = trust ? form.lower.map((_, i) => 1n << BigInt(i)) : [unsignedSet(form)];
  return splitBy(all, [...single, ...denies.map(({ set }) => set)]).map((set) => {
    const reaching = denies.filter((one) => (one.set & set) !== 0n);
    const question: Question = {
      statement,
      kind,
      goals: [...resourceConditions(statement, trust), ...statement.conditions].map((condition) => ({
        condition,
        wanted: true,
      })),
      denies: reaching.map(
        ({ deny }): Denying => ({
          statement: deny,
          conditions: [...resourceConditions(deny, trust), ...deny.conditions],
        }),
      ),
      setting: {
        partition: parseArn(arn)?.partition ?? 'aws',
        owner,
        ownerOrganization: given.zone.organization,
        inside: given.zone.accounts,
        action: actionsOf(set, form)[0] ?? '',
        resource: form.resource,
        now: given.now,
      },
      mentions: given.mentions,
      zone: given.zone,
      budget: given.budget,
      servicesOnly: given.servicesOnly,
    };
    return { set, question };
  });
}

const settingOf = ({ setting }: Question, { caller, network }: Admission) => ({
  ...setting,
  caller,
  network,
});

function draftOf(question: Question, admission: Admission): Draft | undefined {
  const witness = witnessOf(settingOf(question, admission), admission.values, question.mentions.keys);
  const trust = question.kind === 'iam:role';
  const denies = question.denies.map(({ statement }) => statement);
  if (!admission.unproven && !allows(question.statement, denies, witness, trust)) return undefined;
  const { outsider, unproven } = admission;
  return {
    outsider,
    statement: question.statement,
    conditions: question.statement.conditions.map((condition) => remaining(condition, outsider)),
    witness,
    unproven,
    sets: new Map(),
  };
}

function draftsOf(given: Case, statement: Statement): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const form of given.forms) {
    for (const { set, question } of questionsOf(given, statement, form)) {
      for (const admission of admitted(question)) {
        const key = JSON.stringify(admission.outsider);
        const draft = drafts.get(key) ?? draftOf(question, admission);
        if (draft === undefined) continue;
        draft.sets.set(form, (draft.sets.get(form) ?? 0n) | set);
        drafts.set(key, draft);
      }
    }
  }
  if (given.resource.kind === 'iam:role') for (const draft of drafts.values()) addCompanions(draft);
  return [...drafts.values()];
}

/** TagSession and its like go with the action that lets in. */
function addCompanions({ statement, sets }: Draft): void {
  for (const [form, set] of sets)
    sets.set(form, set | (actionsCovered(statement, form) & ~doorSet('iam:role', form)));
}

function grantOf(given: Case, draft: Draft): Grant {
  const { kind, arn } = given.resource;
  const { statement } = draft;
  const grant = {
    outsider: draft.outsider,
    actions: writtenActions(draft, serviceOfKind(kind)),
    resources: writtenResources(draft, arn, kind === 'iam:role'),
    conditions: draft.conditions,
    statements: [
      {
        policy: statement.policy,
        index: statement.index,
        ...(statement.sid === undefined ? {} : { sid: statement.sid }),
      },
    ],
    witness: draft.witness,
  };
  return { ...grant, because: explain(grant, given.resource, draft.unproven) };
}

function judge(
  input: DecisionInput,
  { statements, controls }: Parsed,
  now: number,
): { readonly grants: readonly Grant[]; readonly notes: readonly Note[] } {
  const zone = compileZone(input.zone);
  const block = input.resource.kind.startsWith('s3:') ? input.blockPublicAccess : undefined;
  const effective = block?.ignorePublicAcls === true ? withoutPublicAcls(statements) : statements;
  const denying = controls.filter(({ effect }) => effect === 'Deny');
  const given: Case = {
    resource: input.resource,
    zone: withOwner(zone, input.resource.owner),
    allows: effective.filter(({ effect }) => effect === 'Allow'),
    denies: [...effective.filter(({ effect }) => effect === 'Deny'), ...denying],
    controls: new Set(denying),
    forms: formsOf(input.resource, [...effective, ...denying]),
    mentions: mentionsOf([...effective, ...denying]),
    servicesOnly: block?.restrictPublicBuckets === true && isPublicPolicy(statements),
    budget: { steps: maxSteps },
    now,
  };
  const drafts = given.allows.flatMap((statement) => draftsOf(given, statement));
  const grants = merge(drafts.map((draft) => grantOf(given, draft)));
  return { grants, notes: notesOf(effective, grants, given.resource, now) };
}

/** The owner's account is always inside. */
function withOwner(zone: CompiledZone, owner: string): CompiledZone {
  if (zone.accounts.has(owner)) return zone;
  return { ...zone, accounts: new Set([...zone.accounts, owner]) };
}

/**
 * Which outsiders a resource's policies let in. Sound: what cannot be settled widens the answer. Precise: each grant
 * carries a request that the policies allow, found by search and checked again.
 * @param now milliseconds since 1970: conditions on dates past are dead
 */
export function decide(input: DecisionInput, now: number = Date.now()): Decision {
  const statements = parseAll(input.policies);
  if ('state' in statements) return statements;
  const controls = parseAll(input.resourceControlPolicies ?? []);
  if ('state' in controls) return controls;
  return { state: 'judged', ...judge(input, { statements, controls }, now) };
}
