import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import { kinds } from './cast.ts';
import { conditionLine } from './conditions.ts';
import { keep } from './found.ts';
import { essence, falseWitness, grantsOf, strays, uncovered } from './judge.ts';
import { type Draft, draft, sentenceOf } from './policies.ts';
import { inputOf, plain } from './rendering.ts';

/** How often the laws are tried, in relation to `npm test`; and where from, so that a failure can be repeated. */
const times = Number(process.env.LAWS_TIMES ?? 1);
const seed = process.env.LAWS_SEED === undefined ? undefined : Number(process.env.LAWS_SEED);
const timeout = 120_000 * times;

/** Tries a law; a failure is shrunk, and with LAWS_KEEP its policy is put among those found. */
function holds<T extends unknown[]>(
  name: string,
  runs: number,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  law: (...given: T) => string | undefined,
): void {
  test(name, { timeout }, () => {
    const property = fc.property(
      ...(arbitraries as [fc.Arbitrary<unknown>]),
      (...given) => law(...(given as unknown as T)) === undefined,
    );
    const details = fc.check(property, {
      numRuns: Math.ceil(runs * times),
      ...(seed !== undefined && { seed }),
    });
    if (!details.failed) return;
    const given = details.counterexample as unknown as T;
    keep(name, inputOf(given[0] as Draft));
    const shown = given.map((part, index) => (index === 0 ? inputOf(part as Draft) : part));
    expect.fail(`seed ${details.seed}\n${law(...given)}\n${JSON.stringify(shown)}`);
  });
}

const anySeed = fc.integer({ min: 0, max: 1 << 30 });
const shown = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));
const noStrays = (grants: ReturnType<typeof strays>) =>
  grants.length === 0 ? undefined : JSON.stringify(grants);

/** S3 cuts all of a policy off as soon as one statement is public, so that less can be more. */
const isUnrestricted = ({ block }: Draft) => block.length === 0;

holds('sound: whoever gets in is covered by a grant', 7000, [draft, anySeed], (given: Draft, from: number) =>
  shown(uncovered(inputOf(given), from, 8)),
);

holds('precise: every witness is a request from outside that gets in', 5000, [draft], (given: Draft) =>
  shown(falseWitness(inputOf(given))),
);

const draftWith = (effect: 'Allow' | 'Deny') =>
  draft.chain((given) => fc.tuple(fc.constant(given), sentenceOf(given.kind, fc.constant(effect))));

holds(
  'one more Allow takes no grant away',
  1500,
  [draftWith('Allow').map(([given, more]) => ({ ...given, more }))],
  (given: Draft & { more: Draft['sentences'][number] }) =>
    isUnrestricted(given)
      ? noStrays(
          strays(
            grantsOf(inputOf(given)),
            grantsOf(inputOf({ ...given, sentences: [...given.sentences, given.more] })),
          ),
        )
      : undefined,
);

holds(
  'one more Deny adds no grant',
  1500,
  [draftWith('Deny').map(([given, more]) => ({ ...given, more }))],
  (given: Draft & { more: Draft['sentences'][number] }) =>
    noStrays(
      strays(
        grantsOf(inputOf({ ...given, sentences: [...given.sentences, given.more] })),
        grantsOf(inputOf(given)),
      ),
    ),
);

holds(
  'one more condition on an Allow widens nothing',
  1500,
  [draft.chain((given) => conditionLine(given.kind).map((line) => ({ ...given, line })))],
  (given: Draft & { line: Draft['sentences'][number]['lines'][number] }) => {
    if (!isUnrestricted(given)) return undefined;
    const sentences = given.sentences.map((sentence) =>
      sentence.effect === 'Allow' ? { ...sentence, lines: [...sentence.lines, given.line] } : sentence,
    );
    return noStrays(strays(grantsOf(inputOf({ ...given, sentences })), grantsOf(inputOf(given))));
  },
);

holds(
  'a larger zone adds no grant',
  1500,
  [draft, fc.subarray(['222222222222', '333333333333', '444455556666'])],
  (given: Draft, accounts: string[]) => {
    const zone = {
      ...given.zone,
      accounts: [...given.zone.accounts, ...accounts],
      organizations: ['o-foreign001'],
    };
    return noStrays(strays(grantsOf(inputOf({ ...given, zone })), grantsOf(inputOf(given))));
  },
);

const differs = (one: readonly string[], other: readonly string[]) =>
  one.join('\n') === other.join('\n') ? undefined : `${one.join('\n')}\n-- or --\n${other.join('\n')}`;

const turned = <T>(values: readonly T[]): T[] => [...values].reverse();

holds('the order of statements and of values makes no difference', 1000, [draft], (given: Draft) => {
  const sentences = turned(given.sentences).map((sentence) => ({
    ...sentence,
    actions: { ...sentence.actions, names: turned(sentence.actions.names) },
    ...(sentence.resources && {
      resources: { ...sentence.resources, names: turned(sentence.resources.names) },
    }),
    lines: turned(sentence.lines).map((line) => ({ ...line, values: turned(line.values) })),
  }));
  const isAmbiguous = given.sentences.some(
    ({ lines }) => new Set(lines.map(({ operator, key }) => operator + key)).size < lines.length,
  );
  if (isAmbiguous) return undefined;
  return differs(essence(grantsOf(inputOf(given))), essence(grantsOf(inputOf({ ...given, sentences }))));
});

const shouting = {
  ...plain,
  key: (name: string) => name.toUpperCase(),
  action: (name: string) => name.toUpperCase(),
  list: (values: readonly string[]) => (values.length === 1 ? (values[0] ?? '') : values),
};

holds(
  'letter case of keys and actions, and one value or a list of it, make no difference',
  1000,
  [draft],
  (given: Draft) => differs(essence(grantsOf(inputOf(given))), essence(grantsOf(inputOf(given, shouting)))),
);

holds('judging twice gives the same', 500, [draft], (given: Draft) => {
  const now = Date.now();
  const [first, second] = [decide(inputOf(given), now), decide(inputOf(given), now)];
  return JSON.stringify(first) === JSON.stringify(second) ? undefined : 'two answers';
});

test('the laws are tried on every kind', () => {
  const drawn = new Set(fc.sample(draft, { numRuns: 400, seed: 1 }).map(({ kind }) => kind.id));
  expect([...drawn].sort()).toEqual(kinds.map(({ id }) => id).sort());
});
