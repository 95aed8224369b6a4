import type { Condition } from '../iam/condition.ts';
import { none } from '../iam/none.ts';
import { withOne } from '../iam/with-one.ts';
import { admitSubjects, matching, subjectOf } from './admit-subjects.ts';
import { type FederatedCaller, federatedBy } from './caller.ts';
import { isFrom } from './compiled-zone.ts';
import type { Goal } from './goal.ts';
import { isOfIdentityCenter } from './identity-center.ts';
import { type Admission, admit, type Question } from './question.ts';

const isOn = ({ key, operator }: Condition, wanted: string) =>
  key === wanted && operator.comparison !== 'Null';

/** Conditions that compare a key, of the Allow and of the Denies. */
export function conditionsOn({ goals, denies }: Question, key: string): readonly Condition[] {
  let found: readonly Condition[] = none;
  for (let i = 0; i < goals.length; i += 1) {
    const { condition } = goals[i] as Goal;
    if (isOn(condition, key)) found = withOne(found, condition);
  }
  for (let i = 0; i < denies.length; i += 1) {
    const { conditions } = denies[i] as Question['denies'][number];
    for (let j = 0; j < conditions.length; j += 1) {
      const condition = conditions[j] as Condition;
      if (isOn(condition, key)) found = withOne(found, condition);
    }
  }
  return found;
}

/** Whether the condition alone asks for one of its values, so that no other tenant can get by. */
function pins({ key, operator, variables }: Condition, tenantKey: string): boolean {
  const { negated, ifExists, quantifier, comparison } = operator;
  return (
    key === tenantKey && !negated && !ifExists && !variables && quantifier !== 'all' && comparison !== 'Null'
  );
}

const isTrusted = ({ zone: { tenants, accounts } }: Question, caller: FederatedCaller): boolean =>
  tenants.some((tenant) => tenant.key === undefined && isFrom(tenant, caller, accounts));

/** The subject that the statement asks for, if by one value of one condition, as most do. */
function onlySubject({ goals }: Question, tenantKey: string): string | undefined {
  for (let i = 0; i < goals.length; i += 1) {
    const { condition } = goals[i] as Goal;
    const [value] = condition.values;
    if (value !== undefined && condition.values.length === 1 && pins(condition, tenantKey))
      return subjectOf(condition, value);
  }
  return undefined;
}

/** Tokens of an issuer: of any tenant, or of each that the conditions name. */
export function admitFederated(question: Question, principal: string): readonly Admission[] {
  const caller = federatedBy(principal);
  const { provider, issuer } = caller;
  if (isTrusted(question, caller)) return none;
  const outsider = (subject: string) => ({ type: 'federated', provider, subject }) as const;
  if (provider.startsWith('saml-provider/'))
    return isOfIdentityCenter(question, principal) ? none : list(admit(question, caller, outsider('any')));
  const { tenantKey } = issuer;
  const conditions = conditionsOn(question, tenantKey);
  const only = conditions.length === 1 ? onlySubject(question, tenantKey) : undefined;
  if (only !== undefined) return list(admit(question, caller, outsider(only)));
  if (!question.goals.some(({ condition }) => pins(condition, tenantKey))) {
    const others = conditions.map((condition) => matching(condition, condition.values, false));
    const any = admit(question, caller, outsider('any'), others);
    if (any !== undefined) return [any];
  }
  return admitSubjects(question, caller, conditions);
}

function list(admission: Admission | undefined): readonly Admission[] {
  return admission === undefined ? none : [admission];
}
