import type { DecisionInput } from '../../shared/access/decision.ts';
import ownWords from '../../shared/generated/own-words.json' with { type: 'json' };
import { pick, pickOr } from './random.ts';

type Random = () => number;

const grammar =
  /^(?:Version|Statement|Sid|Effect|Allow|Deny|(?:Not)?(?:Principal|Action|Resource)|Condition|AWS|Service|Federated|CanonicalUser|Null|Bool|(?:For\w+Values?)|(?:String|Numeric|Date|Arn|Binary)(?:Not)?(?:Equals|Like|Less|Greater)\w*|2012-10-17)$/;

const lower = 'abcdefghijklmnopqrstuvwxyz';
/** Few globs of the generated policies hold any of these. */
const rare = 'hjmqvwyz';
const alphabets: readonly [string, ...string[]] = [
  `${rare}34567`,
  `${rare}34567`,
  rare,
  rare.toUpperCase(),
  `${rare.toUpperCase()}34567`,
  'abcdef0123456789',
  `${lower}${lower.toUpperCase()}0123456789_`,
];

const drawn = (random: Random, alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

/** What names of one make are drawn from. */
interface Make {
  readonly alphabet: string;
  readonly length: number;
  readonly hyphenAt: number | undefined;
}

function makeFor(word: string, random: Random): Make {
  if (/^\d{12}$/.test(word)) return { alphabet: '345678', length: 12, hyphenAt: undefined };
  const length = 6 + Math.floor(random() * 8);
  return {
    alphabet: pick(random, alphabets),
    length,
    hyphenAt: random() < 0.3 ? 1 + Math.floor(random() * (length - 2)) : undefined,
  };
}

function nameOf({ alphabet, length, hyphenAt }: Make, random: Random): string {
  const name = drawn(random, alphabet, length);
  return hyphenAt === undefined ? name : `${name.slice(0, hyphenAt)}-${name.slice(hyphenAt + 1)}`;
}

/** A name of this length that means something, or that has to do with another name or a word of the text. */
function trickyName({ length }: Make, text: string, others: readonly string[], random: Random): string {
  const fitting = [...ownWords, ...(text.match(/[\w-]+/g) ?? []), ...others].filter(
    (w) => w.length <= length,
  );
  const word = pickOr(random, fitting, 'x');
  const filling = drawn(random, lower, length - word.length);
  const [one, other] = random() < 0.5 ? [word, filling] : [filling, word];
  return random() < 0.2 ? (one + other).toUpperCase() : one + other;
}

/** The same question with other names in it. */
function withNames(input: DecisionInput, names: ReadonlyMap<string, string>): DecisionInput {
  const renamed = (text: string) => text.replaceAll(/[\w-]+/g, (word) => names.get(word) ?? word);
  const policies = (given: DecisionInput['policies']) =>
    given.map((policy) => ({ ...policy, text: renamed(policy.text) }));
  const { resource, resourceControlPolicies: controls } = input;
  return {
    ...input,
    resource: { ...resource, arn: renamed(resource.arn) },
    policies: policies(input.policies),
    ...(controls && { resourceControlPolicies: policies(controls) }),
  };
}

/**
 * A question several times, each time with other names in some places: all are of one zone. The last ones have names
 * that may mean something.
 */
export function renamings(input: DecisionInput, random: Random): readonly DecisionInput[] {
  const text = [input.resource.arn, ...input.policies.map((policy) => policy.text)].join(' ');
  const words = [...new Set(text.match(/[\w-]+/g))].filter((word) => !grammar.test(word));
  const likely = (text.match(/(?<=arn(?::[\w*-]*){3}:)[^"]*/g) ?? []).flatMap(
    (part) => part.match(/[\w-]+/g) ?? [],
  );
  const makes = new Map<string, Make>();
  for (let i = random() < 0.5 ? 2 : 0; i < 3; i += 1) {
    const word = pickOr(random, random() < 0.95 ? likely : words, 'deploy');
    makes.set(word, makeFor(word, random));
  }
  const plain = () => new Map([...makes].map(([word, make]) => [word, nameOf(make, random)] as const));
  const tricky = () => {
    const names = plain();
    const [word, make] = pickOr(random, [...makes], ['', makeFor('', random)]);
    return names.set(word, trickyName(make, text, [...names.values()], random));
  };
  const draws = [plain, plain, plain, plain, plain, plain, tricky, tricky, tricky];
  return draws.map((draw) => withNames(input, draw()));
}
