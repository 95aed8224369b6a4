import type { Condition } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { escapeGlob } from '../iam/glob.ts';
import { none } from '../iam/none.ts';
import type { FederatedCaller } from './caller.ts';
import { firstOf } from './distinct-callers.ts';
import type { Goal } from './goal.ts';
import { outsideGoals } from './outside-goals.ts';
import { type Admission, admit, type Question } from './question.ts';
import { narrowerThan, questionWithin } from './region.ts';

/** A tenant that conditions name. */
interface Subject {
  readonly value: string;
  /** The conditions that name it, one an operator: first where it is a glob. */
  readonly naming: readonly Condition[];
  /** Those among the others that it takes in as a glob. */
  readonly narrower: ReadonlySet<string>;
}

const noSubjects: ReadonlySet<string> = new Set();

/** A goal that a claim has one of the condition's values, whatever the sign of its operator. */
export function matching(condition: Condition, values: readonly string[], wanted: boolean): Goal {
  const { key, facts, writtenKey, writtenOperator, variables } = condition;
  const { comparison } = condition.operator;
  const operator = { comparison, negated: false, quantifier: 'any', ifExists: false } as const;
  return {
    condition: { key, facts, operator, values, writtenKey, writtenOperator, variables },
    wanted,
  };
}

const hasLike = (naming: readonly Condition[], { operator }: Condition) =>
  naming.some((one) => one.operator.comparison === operator.comparison);

function subjectsOf(conditions: readonly Condition[]): readonly Subject[] {
  const subjects = new Map<string, Condition[]>();
  for (let i = 0; i < conditions.length; i += 1) {
    const condition = conditions[i] as Condition;
    for (let j = 0; j < condition.values.length; j += 1) {
      const value = condition.values[j] as string;
      const naming = subjects.get(value);
      if (naming === undefined) subjects.set(value, [condition]);
      else if (hasLike(naming, condition)) continue;
      else if (condition.operator.comparison === 'StringLike') naming.unshift(condition);
      else naming.push(condition);
    }
  }
  const isPlain = subjects.size > 1 && !conditions.some(({ variables }) => variables);
  const others = isPlain ? [...subjects.keys()] : none;
  return gather(subjects, ([value, naming]) => ({
    value,
    naming,
    narrower: isPlain ? narrowerThan(value, others) : noSubjects,
  }));
}

/** That a claim is none of these, as the conditions that name them compare it. */
function without(conditions: readonly Condition[], unlike: ReadonlySet<string>): readonly Goal[] {
  if (unlike.size === 0) return none;
  return gather(conditions, (condition) => {
    const values = condition.values.filter((value) => unlike.has(value));
    return values.length === 0 ? undefined : matching(condition, values, false);
  });
}

/** Whether a request has one value of the condition's key at most, which is compared as it is. */
const isExact = ({ facts, operator, variables }: Condition) =>
  !(variables || facts.multiValued || facts.unheard) &&
  (operator.comparison === 'StringLike' || operator.comparison === 'StringEquals');

/** A tenant as it is reported. */
export const subjectOf = ({ operator }: Condition, value: string): string =>
  operator.comparison === 'StringLike' && /^\*+$/.test(value) ? 'any' : value;

/** A tenant as one of the conditions names it. */
function admitSubject(
  question: Question,
  caller: FederatedCaller,
  conditions: readonly Condition[],
  { value, narrower }: Subject,
  condition: Condition,
): Admission | undefined {
  const isGlob = condition.operator.comparison === 'StringLike';
  const unlike = isGlob ? narrower : noSubjects;
  const goals = [matching(condition, [value], true), ...without(conditions, unlike)];
  const outsider = {
    type: 'federated',
    provider: caller.provider,
    subject: subjectOf(condition, value),
  } as const;
  if (!isExact(condition)) return admit(question, caller, outsider, goals);
  const region = { key: condition.key, like: isGlob ? value : escapeGlob(value), unlike };
  const asked = questionWithin(question, region, outsideGoals(caller, question.zone));
  return asked && admit(asked, caller, outsider, goals);
}

/** The tenants that conditions name, each without the narrower ones, which are let in by themselves. */
export function admitSubjects(
  question: Question,
  caller: FederatedCaller,
  conditions: readonly Condition[],
): readonly Admission[] {
  return gather(subjectsOf(conditions), (subject) =>
    firstOf(subject.naming, (condition) => admitSubject(question, caller, conditions, subject, condition)),
  );
}
