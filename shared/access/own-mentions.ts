import { gather } from '../iam/gather.ts';
import { type Mentions, mentionsIn } from './mentions.ts';
import type { Question } from './question.ts';

const known = new WeakMap<Question, Mentions>();

/**
 * What the conditions of a question's own statement and of its Denies speak of: what others speak of makes no difference
 * to it. Where variables compare one key with another, all that is spoken of anywhere.
 */
export function ownMentions(question: Question): Mentions {
  const before = known.get(question);
  if (before !== undefined) return before;
  const own = read(question);
  known.set(question, own);
  return own;
}

function read({ goals, denies, mentions, anyCaller }: Question): Mentions {
  // Whoever is inside, too, is spoken of beside the statement.
  if (anyCaller) return mentions;
  const conditions = [
    ...goals.map(({ condition }) => condition),
    ...gather(denies, (denying) => denying.conditions),
  ];
  return conditions.some(({ variables }) => variables) ? mentions : mentionsIn(conditions);
}
