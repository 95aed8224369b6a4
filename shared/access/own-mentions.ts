import { accountSegment } from '../iam/arn-pattern.ts';
import type { Condition } from '../iam/condition.ts';
import { isClaim, keyFacts } from '../iam/context-key.ts';
import { gather } from '../iam/gather.ts';
import { none } from '../iam/none.ts';
import { variableKeys } from '../iam/variable.ts';
import { type Mentions, mentionsIn, namesAny, type Side } from './mentions.ts';
import type { Question } from './question.ts';
import { isOfServiceLinkedRole } from './service-linked-role.ts';

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

/** Those of a decision's names that a question tells apart. */
interface OwnNames {
  readonly callers: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

const names = new WeakMap<Question, OwnNames>();

/** So few names are sooner asked for than sorted out. */
const few = 12;

const allNames = ({ mentions: { caller, source, services } }: Question): OwnNames => ({
  callers: caller.accounts,
  sources: source.accounts,
  services,
});

/**
 * The accounts and services that a question itself speaks of, by its conditions or by a Principal. One of which other
 * statements alone speak is to it like one that nobody has mentioned.
 */
export function ownNames(question: Question): OwnNames {
  const all = allNames(question);
  if (all.callers.size + all.sources.size + all.services.size <= few) return all;
  const before = names.get(question);
  if (before !== undefined) return before;
  const found = readNames(question);
  names.set(question, found);
  return found;
}

function readNames(question: Question): OwnNames {
  const { anyCaller, denies, statement } = question;
  const conditions = conditionsOf(question);
  if (anyCaller || conditions.some(comparesCallers)) return allNames(question);
  const own = mentionsIn(conditions);
  const callers = new Set(own.caller.accounts);
  const services = new Set(own.services);
  for (const { principals } of [statement, ...denies.map((one) => one.statement)]) {
    for (const account of principals.accounts) callers.add(account);
    for (const { account } of principals.named) callers.add(account);
    for (const service of principals.services) services.add(service);
  }
  for (const account of sparedByControls(question)) callers.add(account);
  return { callers, sources: own.source.accounts, services };
}

/** The accounts of service-linked roles of which other statements speak: control policies do not stop these. */
function sparedByControls({ mentions, denies }: Question): readonly string[] {
  if (!denies.some(({ statement }) => statement.control)) return none;
  return gather(mentions.arns, (arn) => (isOfServiceLinkedRole(arn) ? accountSegment(arn) : undefined));
}

/** Whether a condition compares by variables, and not only tags and their like. */
const comparesCallers = ({ key, variables, values }: Condition): boolean =>
  variables && [key, ...gather(values, variableKeys)].some((one) => !isChosen(one));

/** Whether a key says nothing of who calls: the caller chooses it, or it is about the resource. */
const isChosen = (key: string): boolean => keyFacts(key).reach === 'none' && !isClaim(key);

const conditionsOf = ({ goals, denies }: Question): readonly Condition[] => [
  ...goals.map(({ condition }) => condition),
  ...gather(denies, (denying) => denying.conditions),
];

function read(question: Question): Mentions {
  const { mentions, anyCaller } = question;
  // Whoever is inside, too, is spoken of beside the statement.
  if (anyCaller) return mentions;
  const conditions = conditionsOf(question);
  return conditions.some(({ variables }) => variables) ? mentions : mentionsIn(conditions);
}
