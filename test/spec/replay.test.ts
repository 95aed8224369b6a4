import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import type { DecisionInput } from '../../shared/access/decision.ts';
import { caseFiles, casesIn } from '../cases/case.ts';
import { isPresent, peerCases, inputOf as peerInput } from '../peers/corpus.ts';
import { verdictOn } from './evaluate.ts';
import { questionOf } from './question.ts';

/**
 * What AWS leaves open, so that no request settles it: an operator that it does not have, an address compared as text,
 * an ARN pattern cut short, a NotPrincipal that lists a session without its account.
 */
const open =
  /"(?:StringResembles|ForAnyValues[A-Z]\w+)"|"String\w+":\{"aws:SourceIp"|"NotPrincipal":\{"AWS":"arn:aws:sts|"Arn\w+":\{"[^"]+":"(?:[^":]*:){0,4}[^":]*"/;
const isOpen = ({ policies, resourceControlPolicies = [] }: DecisionInput) =>
  [...policies, ...resourceControlPolicies].some(({ text }) => open.test(text));

/** The grants whose witness, replayed by what it says itself and nothing else, is not let in for sure. */
function doubtful(input: DecisionInput): readonly string[] {
  const decision = decide(input);
  if (decision.state === 'unjudged' || isOpen(input)) return [];
  return decision.grants.flatMap(({ witness }) => {
    // Of a kind that nobody knows, the witness says what is asked for.
    const isKnown = !input.resource.kind.startsWith('peer:');
    const resource = isKnown ? input.resource : { ...input.resource, arn: witness.resource };
    const verdict = verdictOn(questionOf({ ...input, resource }), witness);
    return verdict === 'yes' ? [] : [`${verdict}: ${JSON.stringify(witness)}`];
  });
}

test.each(caseFiles)('%s: every witness is let in by its own words, without a doubt', (file) => {
  for (const { name, input } of casesIn(file)) expect(doubtful(input), name).toEqual([]);
});

test.skipIf(!isPresent)('so is every witness of the cases of other projects', () => {
  for (const given of peerCases()) expect(doubtful(peerInput(given)), given.id).toEqual([]);
});
