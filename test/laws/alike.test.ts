import { expect, test } from 'vitest';
import { judgeAlike } from '../../shared/access/alike.ts';
import { Clock } from '../../shared/access/clock.ts';
import type { DecisionInput } from '../../shared/access/decision.ts';
import { judgeAfresh } from '../../shared/access/judge.ts';
import { holds, type Objection } from './law.ts';
import { draft } from './policies.ts';
import { randomFrom } from './random.ts';
import { renamings } from './renamed.ts';
import { inputOf } from './rendering.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const answersAfresh = { some: 0, none: 0 };

const afresh = (question: DecisionInput) => JSON.stringify(judgeAfresh(question, new Clock(now)));

/** What the memory answers where it does not have the question judged. */
function remembered(question: DecisionInput): string | undefined {
  let isJudged = false;
  const clock = new Clock(now);
  const answer = judgeAlike(question, clock, () => {
    isJudged = true;
    return judgeAfresh(question, clock);
  });
  answersAfresh[isJudged ? 'some' : 'none'] += 1;
  return isJudged ? undefined : JSON.stringify(answer);
}

holds(
  'what differs in names alone is answered as when it is judged by itself',
  1500,
  draft,
  (given): Objection => {
    const { zone, ...input } = inputOf(given);
    const { federatedTenants: _, ...simple } = zone;
    const random = randomFrom(JSON.stringify(given).length);
    for (const question of renamings({ ...input, zone: random() < 0.9 ? simple : zone }, random)) {
      const answer = remembered(question);
      if (answer !== undefined && answer !== afresh(question))
        return [JSON.stringify(question), answer, afresh(question)].join('\n');
    }
    return undefined;
  },
);

test('and much of it is not judged', () => {
  expect(answersAfresh.none / answersAfresh.some).toBeGreaterThan(0.02);
});
