import { serviceOfKind } from '../iam/action-catalog.ts';
import type { Statement } from '../iam/statement.ts';
import type { ActionSet } from './action-list.ts';
import { admitted } from './admit.ts';
import { remaining } from './bounds.ts';
import { type Case, questionsOf } from './case.ts';
import { allows, whySpared } from './evaluate.ts';
import { explain, spoken } from './explain.ts';
import type { Grant, GrantCondition, Outsider, StatementReference, Witness } from './grant.ts';
import { outsiderKey } from './merge.ts';
import { type Admission, type Question, settingFor } from './question.ts';
import { actionsCovered, type Form } from './reach.ts';
import { witnessOf } from './witness.ts';
import { writtenActions, writtenResources } from './written-reach.ts';

/** Where a statement stands. */
export function referenceTo({ policy, index, sid }: Statement): StatementReference {
  return sid === undefined ? { policy, index } : { policy, index, sid };
}

/** What one Allow gives one outsider: the actions of each form, gathered until all questions are answered. */
interface Draft {
  readonly outsider: Outsider;
  readonly witness: Witness;
  /** The Denies of the same actions, and why each does not stop the witness. */
  readonly spared: readonly string[];
  readonly unproven: boolean;
  readonly sets: Map<Form, ActionSet>;
}

/** The witness, which a second reading of the statements must allow; nothing when it does not. */
function provenWitness(
  question: Question,
  { unproven, caller, network, values }: Admission,
): Witness | undefined {
  const { statement, kind, setting, mentions, denies, goals } = question;
  const witness = witnessOf(settingFor(setting, caller, network), values, mentions.keys);
  if (unproven || (denies.length === 0 && goals.length === 0)) return witness;
  const denying = denies.map((one) => one.statement);
  return allows(statement, denying, witness, kind === 'iam:role') ? witness : undefined;
}

const noDenies: readonly string[] = [];

function sparing({ denies }: Question, witness: Witness): readonly string[] {
  if (denies.length === 0) return noDenies;
  return denies.map(
    ({ statement }) => `the Deny of ${spoken(referenceTo(statement))} ${whySpared(statement, witness)}`,
  );
}

/** TagSession and its like go with the action that lets in. */
function addCompanions(statement: Statement, sets: Draft['sets']): void {
  for (const [form, set] of sets) {
    sets.set(form, set | (actionsCovered(statement, form.list) & ~form.list.doors));
  }
}

function newDraft(question: Question, admission: Admission): Draft | undefined {
  const witness = provenWitness(question, admission);
  if (witness === undefined) return undefined;
  const { outsider, unproven } = admission;
  const spared = unproven ? noDenies : sparing(question, witness);
  return { outsider, witness, spared, unproven, sets: new Map<Form, ActionSet>() };
}

function draftsOf(given: Case, statement: Statement): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const { form, set, question } of questionsOf(given, statement)) {
    for (const admission of admitted(question)) {
      const key = outsiderKey(admission.outsider);
      const draft = drafts.get(key) ?? newDraft(question, admission);
      if (draft === undefined) continue;
      draft.sets.set(form, (draft.sets.get(form) ?? 0n) | set);
      drafts.set(key, draft);
    }
  }
  if (given.resource.kind === 'iam:role')
    for (const { sets } of drafts.values()) addCompanions(statement, sets);
  return [...drafts.values()];
}

interface Reached {
  readonly sets: Draft['sets'];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

function isSameReach(first: Draft['sets'], second: Draft['sets']): boolean {
  if (first.size !== second.size) return false;
  for (const [form, set] of first) if (second.get(form) !== set) return false;
  return true;
}

const noConditions: readonly GrantCondition[] = [];

/** The grants that one Allow gives, one an outsider. */
export function grantsOf(given: Case, statement: Statement): readonly Grant[] {
  const { kind, arn } = given.resource;
  const statements = [referenceTo(statement)];
  let last: Reached | undefined;
  return draftsOf(given, statement).map(({ outsider, witness, spared, unproven, sets }) => {
    const reached: Reached =
      last !== undefined && isSameReach(last.sets, sets)
        ? last
        : {
            sets,
            actions: writtenActions(statement, sets, serviceOfKind(kind)),
            resources: writtenResources(statement, sets, arn, kind === 'iam:role'),
          };
    last = reached;
    const { actions, resources } = reached;
    const conditions =
      statement.conditions.length === 0
        ? noConditions
        : statement.conditions.map((condition) => remaining(condition, outsider));
    const because = explain({ outsider, actions, conditions, statements }, kind, spared, unproven);
    return { outsider, actions, resources, conditions, statements, witness, because };
  });
}
