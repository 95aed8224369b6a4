import { decide } from '../../shared/access/decide.ts';
import type { DecisionInput } from '../../shared/access/decision.ts';
import type { Grant } from '../../shared/access/grant.ts';
import { allows } from '../spec/evaluate.ts';
import { isOutside } from '../spec/outside.ts';
import { impossibility } from '../spec/possible.ts';
import { questionOf } from '../spec/question.ts';
import type { Request } from '../spec/request.ts';
import { covers } from './coverage.ts';
import { randomFrom } from './random.ts';
import { requestsFor } from './requests.ts';

/** The grants of a question that can be judged: generated policies always can. */
export function grantsOf(input: DecisionInput): readonly Grant[] {
  const decision = decide(input);
  if (decision.state === 'unjudged') throw new Error(`unjudged: ${decision.reason}`);
  return decision.grants;
}

export const isCovered = (grants: readonly Grant[], request: Request): boolean =>
  grants.some((grant) => covers(grant, request));

/** Requests from outside that AWS would let through, among those drawn from the policies by a seed. */
export function entriesFor(input: DecisionInput, seed: number, count: number): readonly Request[] {
  const question = questionOf(input);
  return requestsFor(input, randomFrom(seed), count).filter(
    ({ ...request }) =>
      isOutside(request.principal, request.context, input.zone, input.resource) && allows(question, request),
  );
}

/** Sound: what gets in and is covered by no grant. */
export function uncovered(input: DecisionInput, seed: number, count: number): Request | undefined {
  const grants = grantsOf(input);
  return entriesFor(input, seed, count).find((request) => !isCovered(grants, request));
}

/** Precise: what is wrong with a grant's witness. */
export function falseWitness(input: DecisionInput): { reason: string; grant: Grant } | undefined {
  const question = questionOf(input);
  for (const grant of grantsOf(input)) {
    const { witness } = grant;
    const impossible = impossibility(question, witness);
    if (impossible !== undefined) return { reason: `no such request: ${impossible}`, grant };
    if (!isOutside(witness.principal, witness.context, input.zone, input.resource))
      return { reason: 'the witness is inside', grant };
    if (!allows(question, witness)) return { reason: 'the witness is refused', grant };
    if (!covers(grant, witness)) return { reason: 'the grant does not cover its witness', grant };
  }
  return undefined;
}

/** The grants whose witness no grant of the others covers. */
export function strays(grants: readonly Grant[], others: readonly Grant[]): readonly Grant[] {
  return grants.filter(({ witness }) => !isCovered(others, witness));
}

/** Actions and resources as a set: one that is written twice, in two spellings, is one. */
const sorted = (values: readonly string[]) => [...new Set(values.map((value) => value.toLowerCase()))].sort();

/** Grants without what may differ between two spellings of the same policy. */
export function essence(grants: readonly Grant[]): readonly string[] {
  return grants
    .map(({ outsider, actions, resources, conditions }) =>
      JSON.stringify([
        outsider,
        sorted(actions),
        sorted(resources),
        conditions
          .map(({ key, operator, values, bounds }) =>
            JSON.stringify([key.toLowerCase(), operator, [...values].sort(), bounds]),
          )
          .sort(),
      ]),
    )
    .sort();
}
