import { decide } from '../../shared/access/decide.ts';
import type { Grant } from '../../shared/access/grant.ts';
import type { Line } from './conditions.ts';
import { essence, grantsOf } from './judge.ts';
import { holds, type Objection } from './law.ts';
import { type Draft, draft, type Sentence } from './policies.ts';
import { inputOf, plain } from './rendering.ts';

function difference(one: readonly string[], other: readonly string[]): Objection {
  const [first, second] = [one.join('\n'), other.join('\n')];
  return first === second ? undefined : `${first}\n-- or --\n${second}`;
}

const turned = <T>(values: readonly T[]): T[] => [...values].reverse();

const turnedSentence = (sentence: Sentence): Sentence => ({
  ...sentence,
  actions: { ...sentence.actions, names: turned(sentence.actions.names) },
  resources: sentence.resources && { ...sentence.resources, names: turned(sentence.resources.names) },
  lines: turned(sentence.lines).map((line) => ({ ...line, values: turned(line.values) })),
});

/** The same key under the same operator twice: JSON keeps one of them, and which one depends on the order. */
const isAmbiguous = ({ lines }: Sentence) =>
  new Set(lines.map(({ operator, key }) => `${operator} ${key}`)).size < lines.length;

const turnedDraft = (given: Draft): Draft => ({
  ...given,
  sentences: turned(given.sentences).map(turnedSentence),
});

holds(
  'the order of statements and of values makes no difference',
  1000,
  draft,
  (given) => {
    if (given.sentences.some(isAmbiguous)) return undefined;
    return difference(essence(grantsOf(inputOf(given))), essence(grantsOf(inputOf(turnedDraft(given)))));
  },
  turnedDraft,
);

const shouting = {
  ...plain,
  key: (name: string) => name.toUpperCase(),
  action: (name: string) => name.toUpperCase(),
  list: (values: readonly string[]) => (values.length === 1 ? (values[0] ?? '') : values),
};

const name = 'letter case of keys and actions, and one value or a list of it, make no difference';

holds(name, 1000, draft, (given) =>
  difference(essence(grantsOf(inputOf(given))), essence(grantsOf(inputOf(given, shouting)))),
);

const saysWhose = /^aws:(?:principal|source)(?:account|arn|orgid|orgpaths)$/i;

/** Whether a line may list more: variables are gone through however many they are, and soon too tangled. */
const isOpen = ({ operator, key, values }: Line) =>
  /^(?:for\w+:)?(?:string|arn)/i.test(operator) &&
  saysWhose.test(key) &&
  !values.some((value) => value.includes('$'));

/** No account, organization or resource is called so. */
const nobodies = Array.from({ length: 20 }, (_, i) => `nobody-${i}`);

const crowded = {
  ...plain,
  values: (line: Line) => (isOpen(line) ? [...line.values, ...nobodies] : line.values),
};

/** What a condition bounds, and whether a Deny leaves one, depends on all of its values. */
const withoutConditions = (grant: Grant): Grant => ({ ...grant, conditions: [] });

holds('values that are about nobody make no difference', 1000, draft, (given) => {
  // S3 calls a policy public by the form of such values.
  if (given.block.length > 0) return undefined;
  const [few, many] = [inputOf(given), inputOf(given, crowded)];
  return difference(
    essence(grantsOf(few).map(withoutConditions)),
    essence(grantsOf(many).map(withoutConditions)),
  );
});

holds('judging twice gives the same', 500, draft, (given) => {
  const now = Date.now();
  const [first, second] = [decide(inputOf(given), now), decide(inputOf(given), now)];
  return JSON.stringify(first) === JSON.stringify(second) ? undefined : 'two answers';
});
