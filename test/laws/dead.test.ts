import fc from 'fast-check';
import { decide } from '../../shared/access/decide.ts';
import { allows } from '../spec/evaluate.ts';
import { questionOf } from '../spec/question.ts';
import type { Request } from '../spec/request.ts';
import { holds, objection } from './law.ts';
import { type Draft, draft } from './policies.ts';
import { randomFrom } from './random.ts';
import { inputOf } from './rendering.ts';
import { requestsFor } from './requests.ts';

/** Requests for each statement that is noted as dead. */
const requests = 20;

/** One sentence of a draft, as if it allowed, with nothing around it. */
function alone({ sentences, ...given }: Draft, index: number): Draft {
  const sentence = sentences.slice(index, index + 1).map((one) => ({ ...one, effect: 'Allow' as const }));
  const part = given.part.map((one) => ({ ...one, effect: 'Deny' as const }));
  return { ...given, sentences: sentence, part, controls: [], acl: [], block: [] };
}

/** A request, from inside or outside, that a statement reaches though it is noted as dead. */
function reached(given: Draft & { readonly from: number }): Request | undefined {
  const decision = decide(inputOf(given));
  if (decision.state === 'unjudged') throw new Error(`unjudged: ${decision.reason}`);
  for (const { type, statement } of decision.notes) {
    if (type !== 'dead-statement' || statement.policy !== 'policy') continue;
    const input = inputOf(alone(given, statement.index));
    const question = questionOf(input);
    const found = requestsFor(input, randomFrom(given.from), requests).find((one) => allows(question, one));
    if (found !== undefined) return found;
  }
  return undefined;
}

const asked = fc
  .record({ given: draft, from: fc.integer({ min: 0, max: 1 << 30 }) })
  .map(({ given, from }) => ({ ...given, from }));

holds('a statement that is noted as dead lets nobody in, inside or outside', 3000, asked, (given) =>
  objection(reached(given)),
);
