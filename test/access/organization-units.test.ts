import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import type { Zone } from '../../shared/access/zone.ts';

const owner = '111122223333';
const organization: Zone = { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] };

const unitsOf = (id: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${id}/r-ff12/ou-ff12-${11_111_000 + i}/`);
const withAllBelow = (units: readonly string[]) => units.map((unit) => `${unit}*`);

const allow = (paths: readonly string[]) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'sqs:SendMessage',
  Resource: '*',
  Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': paths } },
});

/** The organizations that get in, and the types of the notes. */
function judged(Statement: unknown, zone: Zone) {
  const decision = decide({
    resource: { kind: 'sqs:queue', arn: `arn:aws:sqs:eu-west-1:${owner}:orders`, owner },
    policies: [{ name: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement }) }],
    zone,
  });
  if (decision.state === 'unjudged') throw new Error(decision.reason);
  const outsiders = decision.grants.map(({ outsider }) =>
    outsider.type === 'organization' ? outsider.organization : outsider.type,
  );
  return { outsiders, notes: decision.notes.map(({ type }) => type) };
}

test.each([20, 60, 300])('a zone of %i units lets in none of them', (count) => {
  const own = unitsOf('o-abc1234567', count);
  const zone = { accounts: [owner], organizationPaths: own };
  expect(judged(allow(withAllBelow(own)), zone)).toEqual({ outsiders: [], notes: [] });
  const halves = [own.slice(0, count / 2), own.slice(count / 2)].map(withAllBelow);
  expect(judged(halves.map(allow), zone)).toEqual({ outsiders: [], notes: [] });
});

test.each([20, 60, 300])('of %i units of another organization each is one outsider, once', (count) => {
  const units = withAllBelow(unitsOf('o-foreign001', count));
  expect(judged(allow(units), organization)).toEqual({ outsiders: units, notes: [] });
});

test.each([12, 40, 100])('%i statements each let in the unit that they name, and nobody else', (count) => {
  const units = withAllBelow(unitsOf('o-foreign001', count));
  expect(
    judged(
      units.map((unit) => allow([unit])),
      organization,
    ),
  ).toEqual({ outsiders: units, notes: [] });
});

test('statements about organizations of their own say nothing of one another', () => {
  const units = Array.from({ length: 40 }, (_, i) => `o-foreign0${10 + i}/r-ff12/ou-ff12-11111111/*`);
  expect(
    judged(
      units.map((unit) => allow([unit])),
      organization,
    ),
  ).toEqual({ outsiders: units, notes: [] });
});

test('a Deny of all units but some leaves these', () => {
  const units = withAllBelow(unitsOf('o-foreign001', 100));
  const whole = {
    ...allow([]),
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-foreign001' } },
  };
  const deny = {
    ...allow([]),
    Effect: 'Deny',
    Condition: { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': units } },
  };
  expect(judged([whole, deny], organization)).toEqual({ outsiders: units, notes: [] });
});

test('globs that overlap are told apart as far as one takes in another', () => {
  const globs = Array.from({ length: 32 }, (_, i) => `o-foreign001/*${i}*`);
  const digits = globs.slice(0, 10);
  for (const statement of [globs.map((glob) => allow([glob])), allow(globs)]) {
    const { outsiders, notes } = judged(statement, organization);
    expect([outsiders.toSorted(), notes]).toEqual([digits.toSorted(), []]);
  }
});
