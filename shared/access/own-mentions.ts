import type { Condition } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { type Mentions, mentionsIn, namesAny, type Side } from './mentions.ts';
import type { Question } from './question.ts';

const known = new WeakMap<Question, Mentions>();

const isOfFew = ({ accountPatterns, organizations, paths }: Side) =>
  accountPatterns.size + organizations.size + paths.size === 0;

/**
 * What the conditions of a question's own statement and of its Denies speak of: what others speak of makes no difference
 * to it. Where variables compare one key with another, all that is spoken of anywhere.
 */
export function ownMentions(question: Question): Mentions {
  const { mentions } = question;
  // Only globs and organizations stand for so many that it matters who speaks of them.
  if (isOfFew(mentions.caller) && isOfFew(mentions.source)) return mentions;
  const before = known.get(question);
  if (before !== undefined) return before;
  const own = read(question);
  known.set(question, own);
  return own;
}

/** Whether one of the keys is spoken of there. */
export function namesOfOwn(
  { goals, denies, mentions, anyCaller }: Question,
  keys: readonly string[],
): boolean {
  if (!namesAny(mentions, keys)) return false;
  const isOn = ({ key, variables }: Condition) => variables || keys.includes(key);
  return (
    anyCaller ||
    goals.some(({ condition }) => isOn(condition)) ||
    denies.some(({ conditions }) => conditions.some(isOn))
  );
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
