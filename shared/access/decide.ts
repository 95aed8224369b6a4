import { judgeAlike } from './alike.ts';
import { Clock } from './clock.ts';
import type { Decision, DecisionInput } from './decision.ts';
import { judgeAfresh } from './judge.ts';

/**
 * Which outsiders a resource's policies let in. Sound: what cannot be settled widens the answer. Precise: each grant
 * carries a request that the policies allow, found by search and checked again.
 * @param now milliseconds since 1970: conditions on dates past are dead
 */
export function decide(input: DecisionInput, now?: number): Decision {
  const clock = new Clock(now);
  return judgeAlike(input, clock, () => judgeAfresh(input, clock));
}
