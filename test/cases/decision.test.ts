import { describe, expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import type { Outsider } from '../../shared/access/grant.ts';
import { allows } from '../spec/evaluate.ts';
import { isOutside } from '../spec/outside.ts';
import { impossibility } from '../spec/possible.ts';
import { questionOf } from '../spec/question.ts';
import { caseFiles, casesIn } from './case.ts';

/** Outsiders as text, each once and sorted: cases do not fix their order. */
const listed = (outsiders: readonly Outsider[]) =>
  [...new Set(outsiders.map((outsider) => JSON.stringify(outsider, Object.keys(outsider).sort())))].sort();

describe.each(caseFiles)('%s', (file) => {
  test.each(casesIn(file))('$name', ({ input, outsiders, notes, bounds }) => {
    const decision = decide(input);
    if (decision.state === 'unjudged') throw new Error(decision.reason);
    expect(listed(decision.grants.map(({ outsider }) => outsider))).toEqual(listed(outsiders));
    const types = [...new Set(decision.notes.map(({ type }) => type as string))].sort();
    expect(types).toEqual(notes === undefined ? types : [...new Set(notes)].sort());

    const remaining = decision.grants.flatMap(({ conditions }) => conditions);
    const found = Object.fromEntries(remaining.map(({ key, bounds: pinned }) => [key, pinned]));
    expect(found).toEqual(bounds ?? found);

    const question = questionOf(input);
    for (const { witness } of decision.grants) {
      expect(impossibility(question, witness), 'a witness is a request that can be made').toBeUndefined();
      expect(isOutside(witness.principal, witness.context, input.zone, input.resource)).toBe(true);
      expect(allows(question, witness), JSON.stringify(witness)).toBe(true);
    }
  });
});
