import { serviceOfKind } from '../iam/action-catalog.ts';
import type { Statement } from '../iam/statement.ts';
import { admitted } from './admit.ts';
import { remaining } from './bounds.ts';
import { type Case, questionsOf } from './case.ts';
import { type Draft, writtenActions, writtenResources } from './draft.ts';
import { allows } from './evaluate.ts';
import { explain } from './explain.ts';
import type { Grant, StatementReference } from './grant.ts';
import type { Admission, Question } from './question.ts';
import { actionsCovered } from './reach.ts';
import { witnessOf } from './witness.ts';

/** Where a statement stands. */
export function referenceTo({ policy, index, sid }: Statement): StatementReference {
  return sid === undefined ? { policy, index } : { policy, index, sid };
}

/** The admission with its witness, which a second reading of the statements must allow; nothing when it does not. */
function draftOf(
  question: Question,
  { outsider, unproven, caller, network, values }: Admission,
): Draft | undefined {
  const { statement, kind, setting, mentions, denies } = question;
  const witness = witnessOf({ ...setting, caller, network }, values, mentions.keys);
  const denying = denies.map((one) => one.statement);
  if (!unproven && !allows(statement, denying, witness, kind === 'iam:role')) return undefined;
  const conditions = statement.conditions.map((condition) => remaining(condition, outsider));
  return { outsider, statement, conditions, witness, unproven, sets: new Map() };
}

/** TagSession and its like go with the action that lets in. */
function addCompanions({ statement, sets }: Draft): void {
  for (const [form, set] of sets) {
    sets.set(form, set | (actionsCovered(statement, form.list) & ~form.list.doors));
  }
}

function draftsOf(given: Case, statement: Statement): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const { form, set, question } of questionsOf(given, statement)) {
    for (const admission of admitted(question)) {
      const key = JSON.stringify(admission.outsider);
      const draft = drafts.get(key) ?? draftOf(question, admission);
      if (draft === undefined) continue;
      draft.sets.set(form, (draft.sets.get(form) ?? 0n) | set);
      drafts.set(key, draft);
    }
  }
  if (given.resource.kind === 'iam:role') for (const draft of drafts.values()) addCompanions(draft);
  return [...drafts.values()];
}

/** The grants that one Allow gives, one an outsider. */
export function grantsOf(given: Case, statement: Statement): readonly Grant[] {
  const { kind, arn } = given.resource;
  return draftsOf(given, statement).map((draft) => {
    const grant = {
      outsider: draft.outsider,
      actions: writtenActions(draft, serviceOfKind(kind)),
      resources: writtenResources(draft, arn, kind === 'iam:role'),
      conditions: draft.conditions,
      statements: [referenceTo(statement)],
      witness: draft.witness,
    };
    return { ...grant, because: explain(grant, given.resource, draft.unproven) };
  });
}
