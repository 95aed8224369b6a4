import { serviceOfKind } from '../iam/action-catalog.ts';
import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import { accessPointKeys } from './access-point.ts';
import { type ActionSet, either, without } from './action-set.ts';
import { admitted } from './admit.ts';
import { remaining } from './bounds.ts';
import { type AskedFor, type Case, questionsOf } from './case.ts';
import { allows, type Mismatch, sayWhySpared } from './evaluate.ts';
import { explain, type Spared, spoken, type Wording, wordingOf } from './explain.ts';
import type { Form } from './form.ts';
import type { Grant, GrantCondition, Outsider, StatementReference, Witness } from './grant.ts';
import { leftByDenies } from './left-by-deny.ts';
import { outsiderKey } from './merge.ts';
import { areLong, namedValues } from './named-values.ts';
import { type Admission, type Question, settingFor } from './question.ts';
import { actionsCovered } from './reach.ts';
import { witnessOf } from './witness.ts';
import { type Sets, writtenActions, writtenResources } from './written-reach.ts';

/** Where a statement stands. */
export function referenceTo({ policy, index, sid }: Statement): StatementReference {
  return sid === undefined ? { policy, index } : { policy, index, sid };
}

/** What one Allow gives one outsider, gathered until all questions are answered. */
interface Draft {
  readonly outsider: Outsider;
  readonly witness: Witness;
  /** Those of the Denies of all that is asked. */
  spared: Spared;
  readonly unproven: boolean;
  /** For which forms and actions the outsider got in. */
  readonly asked: AskedFor[];
}

const noDenies: Spared = { shown: none, named: undefined, more: 0 };
/** So many Denies are explained. */
const maxShown = 2;

/** The witness, which a second reading of the statements must allow; nothing when it does not. */
function newDraft(one: AskedFor, admission: Admission): Draft | undefined {
  const { question } = one;
  const { statement, kind, setting, mentions, denies, goals } = question;
  const { outsider, unproven, caller, network, values } = admission;
  const witness = witnessOf(settingFor(setting, caller, network), values, mentions);
  if (unproven || (denies.length === 0 && goals.length === 0))
    return { outsider, witness, spared: noDenies, unproven, asked: [one] };
  const reasons = allows(statement, denies, witness, kind === 'iam:role');
  return (
    reasons && { outsider, witness, spared: sparing(noDenies, denies, reasons, none), unproven, asked: [one] }
  );
}

/** @param told the Denies of which it is told already */
function sparing(
  before: Spared,
  denies: Question['denies'],
  reasons: readonly Mismatch[],
  told: Question['denies'],
): Spared {
  if (denies.length === 0) return before;
  let { shown, named = none, more } = before;
  for (let i = 0; i < denies.length; i += 1) {
    const { statement } = denies[i] as Question['denies'][number];
    if (isAmong(statement, told)) continue;
    if (shown.length === maxShown) {
      more += 1;
      continue;
    }
    const why = sayWhySpared(statement, reasons[i] ?? 'principal');
    shown = withOne(shown, `the Deny of ${spoken(statement)} ${why}`);
    named = withOne(named, referenceTo(statement));
  }
  return { shown, named, more };
}

function isAmong(statement: Statement, denies: Question['denies']): boolean {
  for (let i = 0; i < denies.length; i += 1)
    if ((denies[i] as Question['denies'][number]).statement === statement) return true;
  return false;
}

/** Adds what else is asked for: it may meet Denies that what was asked before does not. */
function askMore(draft: Draft, one: AskedFor, { caller, network, values, unproven }: Admission): void {
  const { statement, kind, setting, mentions, denies } = one.question;
  const told = denies.length === 0 ? none : gather(draft.asked, ({ question }) => question.denies);
  draft.asked.push(one);
  if (unproven || denies.every((deny) => isAmong(deny.statement, told))) return;
  const witness = witnessOf(settingFor(setting, caller, network), values, mentions);
  const reasons = allows(statement, denies, witness, kind === 'iam:role');
  if (reasons !== undefined) draft.spared = sparing(draft.spared, denies, reasons, told);
}

const byOutsider = (drafts: readonly Draft[]) =>
  new Map(drafts.map((draft) => [outsiderKey(draft.outsider), draft]));

/** A draft an outsider. Mostly there is one, who needs no telling apart from others. */
function draftsOf(given: Case, statement: Statement): readonly Draft[] {
  let drafts: readonly Draft[] = none;
  let known: Map<string, Draft> | undefined;
  const questions = questionsOf(given, statement);
  for (let i = 0; i < questions.length; i += 1) {
    const one = questions[i] as AskedFor;
    const admissions = admitted(one.question);
    for (let j = 0; j < admissions.length; j += 1) {
      const admission = admissions[j] as Admission;
      if (drafts.length > 0) known ??= byOutsider(drafts);
      const before = known?.get(outsiderKey(admission.outsider));
      if (before !== undefined) {
        askMore(before, one, admission);
        continue;
      }
      const draft = newDraft(one, admission);
      if (draft === undefined) continue;
      drafts = withOne(drafts, draft);
      known?.set(outsiderKey(draft.outsider), draft);
    }
  }
  return drafts;
}

/** The actions of each form; TagSession and its like go with the action that lets in. */
function setsOf(statement: Statement, asked: readonly AskedFor[], trust: boolean): Sets {
  let sets: readonly { form: Form; set: ActionSet }[] = none;
  for (let i = 0; i < asked.length; i += 1) {
    const { form, set } = asked[i] as AskedFor;
    const { doors } = form.list;
    const own = trust ? either(set, without(actionsCovered(statement, form.list), doors)) : set;
    // Questions come form by form.
    const last = sets.at(-1);
    if (last?.form === form) last.set = either(last.set, own);
    else sets = withOne(sets, { form, set: own });
  }
  return sets;
}

/** What is the same in grants for the same questions, to outsiders of the same type, and of the same provider. */
type Common = Pick<Grant, 'actions' | 'resources' | 'conditions' | 'statements'> & {
  readonly draft: Draft;
  readonly wording: Wording;
  /** Whether some condition lists very many values. */
  readonly isLong: boolean;
};

const providerOf = (outsider: Outsider) => (outsider.type === 'federated' ? outsider.provider : undefined);

function isAlike({ asked, outsider }: Draft, other: Draft): boolean {
  if (outsider.type !== other.outsider.type || asked.length !== other.asked.length) return false;
  if (providerOf(outsider) !== providerOf(other.outsider)) return false;
  for (let i = 0; i < asked.length; i += 1) if (asked[i] !== other.asked[i]) return false;
  return true;
}

function commonOf({ resource, scene }: Case, statement: Statement, draft: Draft): Common {
  const { kind, arn } = resource;
  const trust = kind === 'iam:role';
  const sets = setsOf(statement, draft.asked, trust);
  const actions = writtenActions(statement, sets, serviceOfKind(kind));
  const conditions = remainingOf(statement, draft.outsider, scene.accessPoint !== undefined);
  return {
    draft,
    statements: [referenceTo(statement)],
    actions,
    resources: writtenResources(statement, sets, arn, trust),
    conditions,
    isLong: areLong(conditions),
    wording: wordingOf(statement, actions, kind),
  };
}

/** @param isPoint whether the resource is an access point, whose requests all have the keys of access points */
function remainingOf(
  { conditions }: Statement,
  outsider: Outsider,
  isPoint: boolean,
): readonly GrantCondition[] {
  let left: readonly GrantCondition[] = none;
  for (let i = 0; i < conditions.length; i += 1) {
    const condition = conditions[i] as Statement['conditions'][number];
    const given = remaining(condition, outsider);
    const isOfPoint = isPoint && accessPointKeys.includes(condition.key);
    left = withOne(left, isOfPoint ? { ...given, bounds: 'none' } : given);
  }
  return left;
}

/** The Allow's own conditions, and those that the Denies leave; what both say, once. */
function eachOnce(
  own: readonly GrantCondition[],
  left: readonly GrantCondition[],
): readonly GrantCondition[] {
  if (left.length === 0) return own;
  return [...new Map([...own, ...left].map((condition) => [JSON.stringify(condition), condition])).values()];
}

/** The grants that one Allow gives, one an outsider. */
export function grantsOf(given: Case, statement: Statement): readonly Grant[] {
  let grants: readonly Grant[] = none;
  let common: Common | undefined;
  const list = draftsOf(given, statement);
  for (let i = 0; i < list.length; i += 1) {
    const draft = list[i] as Draft;
    if (common === undefined || !isAlike(common.draft, draft)) common = commonOf(given, statement, draft);
    const { outsider, witness, spared, unproven } = draft;
    if (unproven && !given.widened.includes(statement)) given.widened.push(statement);
    const { actions, resources, statements, wording } = common;
    const own = common.isLong
      ? common.conditions.map((condition) => namedValues(condition, outsider))
      : common.conditions;
    const conditions = eachOnce(own, leftByDenies(draft.asked, outsider, witness.principal));
    const because = explain(wording, { outsider, conditions }, spared, unproven);
    const denies = spared.named;
    grants = withOne(grants, {
      outsider,
      actions,
      resources,
      conditions,
      statements,
      witness,
      because,
      denies,
    });
  }
  return grants;
}
