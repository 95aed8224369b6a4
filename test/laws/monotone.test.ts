import fc from 'fast-check';
import type { Grant } from '../../shared/access/grant.ts';
import { conditionLine, type Line } from './conditions.ts';
import { grantsOf, strays } from './judge.ts';
import { holds, objection } from './law.ts';
import { type Draft, draft, type Sentence, sentenceOf } from './policies.ts';
import { inputOf } from './rendering.ts';

const grantsFor = (given: Draft) => grantsOf(inputOf(given));
const none = (grants: readonly Grant[]) => objection(grants[0]);

const withOneMore = (effect: 'Allow' | 'Deny') =>
  draft.chain((given) => sentenceOf(given.kind, fc.constant(effect)).map((more) => ({ ...given, more })));

const added = (given: Draft & { more: Sentence }): Draft => ({
  ...given,
  sentences: [...given.sentences, given.more],
});

/** S3 cuts all of a policy off as soon as one statement is public, so that less can be more. */
const isUnrestricted = ({ block }: Draft) => block.length === 0;

holds(
  'one more Allow takes no grant away',
  1500,
  withOneMore('Allow'),
  (given) => (isUnrestricted(given) ? none(strays(grantsFor(given), grantsFor(added(given)))) : undefined),
  added,
);

/** Control policies spare service-linked roles, who are thought of as soon as a statement speaks of them. */
const isOfServiceLinkedRoles = ({ lines }: Sentence) =>
  lines.some(({ values }) => values.some((value) => value.includes(':role/aws-service-role/')));

holds(
  'one more Deny adds no grant',
  1500,
  withOneMore('Deny'),
  (given) =>
    isOfServiceLinkedRoles(given.more) ? undefined : none(strays(grantsFor(added(given)), grantsFor(given))),
  added,
);

const withOneMoreLine = draft.chain((given) => conditionLine(given.kind).map((line) => ({ ...given, line })));

const narrowed = (given: Draft & { line: Line }): Draft => ({
  ...given,
  sentences: given.sentences.map((sentence) =>
    sentence.effect === 'Allow' ? { ...sentence, lines: [...sentence.lines, given.line] } : sentence,
  ),
});

holds(
  'one more condition on every Allow widens nothing',
  1500,
  withOneMoreLine,
  (given) => (isUnrestricted(given) ? none(strays(grantsFor(narrowed(given)), grantsFor(given))) : undefined),
  narrowed,
);

const withMoreTrust = draft.chain((given) =>
  fc.subarray(['222222222222', '333333333333', '444455556666']).map((trusted) => ({ ...given, trusted })),
);

const enlarged = (given: Draft & { trusted: readonly string[] }): Draft => ({
  ...given,
  zone: {
    ...given.zone,
    accounts: [...given.zone.accounts, ...given.trusted],
    organizations: ['o-foreign001'],
  },
});

holds(
  'a larger zone adds no grant',
  1500,
  withMoreTrust,
  (given) => none(strays(grantsFor(enlarged(given)), grantsFor(given))),
  enlarged,
);
