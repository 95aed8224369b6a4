import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Grant, GrantCondition, Outsider } from '../../shared/access/grant.ts';
import { covers } from '../../shared/findings/covers.ts';
import { type ExpectedGrant, expectationOf } from '../../shared/findings/expectation.ts';
import { isExpected, withExpectation } from '../../shared/findings/expected.ts';
import type { AccessFinding } from '../../shared/findings/finding.ts';
import { accessFindings } from '../../shared/findings/from-decision.ts';
import { gapFinding } from '../../shared/findings/gap.ts';
import { narrowestExpectation } from '../../shared/findings/narrowest-expectation.ts';
import type { SubjectRecord } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { staleExpectations } from '../../shared/findings/stale-expectations.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { at, bucket, denied, grant, place, presentLook } from './samples.ts';

const whose = { owner: 'payments', reason: 'contract', until: '2026-12-31' };

const found = (changes: Partial<Grant> = {}): AccessFinding =>
  accessFindings(bucket, [grant(changes)])[0] as AccessFinding;

/** An entry for the sample grant, with what a test wants otherwise. */
const entry = (changes: Partial<ExpectedGrant> = {}): ExpectedGrant => ({
  outsider: { type: 'account', account: '222222222222' },
  kind: 's3:bucket',
  resource: 'arn:aws:s3:::acme-*',
  actions: ['s3:Get*'],
  conditions: [],
  ...whose,
  ...changes,
});

const condition = (operator: string, values: readonly string[], key = 'aws:SourceVpce'): GrantCondition => ({
  key,
  operator,
  values,
  bounds: 'network',
});

describe('an entry covers what it says and no more', () => {
  test.each<[string, boolean, Partial<ExpectedGrant>, Partial<Grant>]>([
    ['the grant', true, {}, {}],
    ['fewer actions, in any case', true, {}, { actions: ['S3:getobjectacl'] }],
    ['another action', false, {}, { actions: ['s3:GetObject', 's3:PutObject'] }],
    ['a wider action', false, {}, { actions: ['s3:G*'] }],
    ['a glob within its own', true, {}, { actions: ['s3:GetObject*'] }],
    ['another account', false, {}, { outsider: { type: 'account', account: '333333333333' } }],
    [
      'a principal of the account',
      true,
      {},
      {
        outsider: { type: 'account', account: '222222222222', principal: 'arn:aws:iam::222222222222:role/x' },
      },
    ],
    [
      'the account, when a principal is expected',
      false,
      {
        outsider: { type: 'account', account: '222222222222', principal: 'arn:aws:iam::222222222222:role/x' },
      },
      {},
    ],
    ['everybody', false, {}, { outsider: { type: 'any-account' } }],
    ['a resource within', true, { resources: ['arn:aws:s3:::acme-data/*'] }, {}],
    ['a resource beyond', false, { resources: ['arn:aws:s3:::acme-data/public/*'] }, {}],
    ['another kind', false, { kind: 's3:access-point' }, {}],
    ['another resource', false, { resource: 'arn:aws:s3:::acme-other*' }, {}],
    [
      'the condition that it asks for',
      true,
      { conditions: [condition('StringEquals', ['a', 'b'])] },
      { conditions: [condition('stringequals', ['a'])] },
    ],
    ['a condition that is gone', false, { conditions: [condition('StringEquals', ['a'])] }, {}],
    ...['ForAnyValue:StringLike', 'ForAllValues:StringEquals'].map(
      (operator): [string, boolean, Partial<ExpectedGrant>, Partial<Grant>] => [
        `fewer values of ${operator}`,
        true,
        { conditions: [condition(operator, ['o-a/*', 'o-b/*'], 'aws:PrincipalOrgPaths')] },
        { conditions: [condition(operator, ['o-a/*'], 'aws:PrincipalOrgPaths')] },
      ],
    ),
    [
      'more values of ForAnyValue:StringNotEquals',
      true,
      { conditions: [condition('ForAnyValue:StringNotEquals', ['a'])] },
      { conditions: [condition('ForAnyValue:StringNotEquals', ['a', 'b'])] },
    ],
    [
      'one more value',
      false,
      { conditions: [condition('StringEquals', ['a'])] },
      { conditions: [condition('StringEquals', ['a', 'b'])] },
    ],
    [
      'the same value under another operator',
      false,
      { conditions: [condition('StringEquals', ['a'])] },
      { conditions: [condition('StringNotEquals', ['a'])] },
    ],
    [
      'a value that is let out no more',
      false,
      { conditions: [condition('StringNotEquals', ['a', 'b'])] },
      { conditions: [condition('StringNotEquals', ['a'])] },
    ],
    [
      'one more value that is let out',
      true,
      { conditions: [condition('StringNotEquals', ['a'])] },
      { conditions: [condition('StringNotEquals', ['a', 'b'])] },
    ],
    [
      'a number that is not its own',
      false,
      { conditions: [condition('NumericLessThan', ['5', '7'])] },
      { conditions: [condition('NumericLessThan', ['7'])] },
    ],
    ['one more condition', true, {}, { conditions: [condition('StringEquals', ['a'])] }],
  ])('%s: %s', (_, isCovered, expected, given) => {
    expect(covers(entry(expected), found(given))).toBe(isCovered);
  });
});

const anyOutsider = fc.constantFrom<Outsider>(
  { type: 'anyone' },
  { type: 'any-account' },
  { type: 'account', account: '222222222222' },
  { type: 'account', account: '222222222222', principal: 'arn:aws:iam::222222222222:role/ci' },
  { type: 'account-pattern', pattern: '2*' },
  { type: 'organization', organization: '*' },
  { type: 'service', service: 'sns.amazonaws.com', source: 'any' },
  { type: 'federated', provider: 'gitlab.com', subject: 'project_path:a/*' },
  { type: 'canonical-user', id: 'a'.repeat(64) },
);

const anyActions = fc.subarray(['s3:Get*', 's3:GetObject', 's3:Put?bject', 's3:*'], { minLength: 1 });
const anyResources = fc.subarray([bucket.arn, `${bucket.arn}/*`, `${bucket.arn}/a?c`], { minLength: 1 });
const anyConditions = fc.subarray([
  condition('StringEquals', ['a', 'b']),
  condition('StringNotLike', ['x*', 'y']),
  condition('StringLikeIfExists', ['t-*']),
  condition('IpAddress', ['192.0.2.0/24'], 'aws:SourceIp'),
  condition('Bool', ['true'], 'aws:SecureTransport'),
]);

const anyGrant = fc
  .record({ outsider: anyOutsider, actions: anyActions, resources: anyResources, conditions: anyConditions })
  .map(grant);

const without = <T>(list: readonly T[], index: number) => list.filter((_, each) => each !== index);

/** Grants that let in somebody or something that the given one does not. */
function widenings(given: Grant): readonly Grant[] {
  const { outsider, actions, resources, conditions } = given;
  const who: readonly Outsider[] = [
    ...(outsider.type === 'anyone' ? [] : [{ type: 'anyone' } as const]),
    ...(outsider.type === 'account' && outsider.principal
      ? [{ type: 'account', account: outsider.account } as const]
      : []),
    ...(outsider.type === 'federated'
      ? ['any', 'project_path:*', 'project_path:a*'].map((subject) => ({ ...outsider, subject }))
      : []),
    ...(outsider.type === 'service' ? [{ ...outsider, service: '*' }] : []),
    ...(outsider.type === 'account-pattern' ? [{ ...outsider, pattern: '*' }] : []),
  ];
  return [
    ...who.map((wider) => ({ ...given, outsider: wider })),
    { ...given, actions: [...actions, 'sqs:Send*'] },
    { ...given, actions: [...actions, '*'] },
    { ...given, resources: [...resources, 'arn:aws:s3:::acme-data-more/*'] },
    { ...given, outsider: { type: 'account', account: '999999999999' } as const },
    ...conditions.map((_, index) => ({ ...given, conditions: without(conditions, index) })),
    ...conditions.map(({ operator, values, ...rest }, index) => {
      const wider = operator.includes('Not') ? values.slice(1) : [...values, 'more'];
      return { ...given, conditions: [...without(conditions, index), { ...rest, operator, values: wider }] };
    }),
  ];
}

test('the narrowest entry of a finding covers it, and none of its widenings', () => {
  fc.assert(
    fc.property(anyGrant, (given) => {
      const finding = found(given);
      const expected = narrowestExpectation(finding, whose);
      expect(covers(expected, finding)).toBe(true);
      for (const wider of widenings(given))
        expect(covers(expected, { ...finding, grant: wider })).toBe(false);
    }),
  );
});

test('what is expected is no alert, and is one again as soon as it is wider than its entry says', () => {
  fc.assert(
    fc.property(anyGrant, (given) => {
      const expected = [narrowestExpectation(found(given), whose)];
      const first = settle(undefined, presentLook(bucket, 1, [given], expected)) as SubjectRecord;
      expect(transitions(undefined, first)).toEqual([]);
      const same = settle(first, presentLook(bucket, 2, [given], expected)) as SubjectRecord;
      expect(transitions(first, same)).toEqual([]);
      for (const wider of widenings(given)) {
        const after = settle(same, presentLook(bucket, 3, [wider], expected)) as SubjectRecord;
        expect(transitions(same, after).map(({ status }) => status)).toEqual(['new']);
        const beside = settle(same, presentLook(bucket, 3, [given, wider], expected)) as SubjectRecord;
        expect(transitions(same, beside).map(({ status }) => status)).toEqual(['new']);
      }
    }),
  );
});

test('an entry that covers a grant covers every grant that is narrower', () => {
  const globs = fc.subarray(['s3:*', 's3:Get*', 's3:GetObject', 's3:Put?bject'], { minLength: 1 });
  fc.assert(
    fc.property(globs, anyGrant, anyConditions, fc.nat(4), (actions, given, further, index) => {
      const expected = entry({ ...given, actions, resource: 'arn:aws:s3:::acme-data' });
      const finding = found(given);
      if (!covers(expected, finding)) return;
      const fewer = without(given.actions, index);
      const narrower = { ...given, actions: fewer, conditions: [...given.conditions, ...further] };
      expect(covers(expected, { ...finding, grant: narrower })).toBe(true);
    }),
  );
});

test('what covers a finding does not depend on the order of the file, nor on the other findings', () => {
  const entries = [entry(), entry({ until: '2027-06-30', owner: 'data' }), entry({ actions: ['s3:*'] })];
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: 3 }), (shuffled) => {
      expect(withExpectation(found(), shuffled, at(1))).toEqual(withExpectation(found(), entries, at(1)));
      expect(withExpectation(found(), shuffled, at(1)).expectation?.owner).toBe('data');
    }),
  );
});

test('a lapsed entry covers nothing, and the finding says whose it was; another that holds still covers it', () => {
  const lapsed = entry({ until: '2025-12-31' });
  const finding = withExpectation(found(), [lapsed], at(1));
  expect(isExpected(finding)).toBe(false);
  expect(finding.ended).toEqual(expectationOf(lapsed));
  expect(isExpected(withExpectation(found(), [lapsed, entry()], at(1)))).toBe(true);
});

describe('entries that can be taken out', () => {
  const kept = (finding: AccessFinding | ReturnType<typeof gapFinding>) => ({
    finding,
    firstSeen: at(0),
    lastSeen: at(0),
    since: at(0),
    cause: { by: 'audit', audit: 'a' } as const,
  });
  const used = kept(withExpectation(found(), [entry()], at(1)));
  const why = (...given: Parameters<typeof staleExpectations>) =>
    staleExpectations(...given).map((stale) => stale.why);

  test('a lapsed one and an unused one are told, a used one is not', () => {
    const other = entry({ resource: 'arn:aws:s3:::gone' });
    expect(why([entry(), other], [used], at(1), true)).toEqual(['unused']);
    expect(why([entry({ until: '2025-12-31' })], [], at(1), false)).toEqual(['ended']);
  });

  test('unused is not told by an audit of a part', () => {
    expect(why([entry()], [], at(1), false)).toEqual([]);
  });

  test.each([
    ['the account of the gap', true, { type: 'account', account: place.account }],
    ['another account', false, { type: 'account', account: '444444444444' }],
    ['another kind', false, { type: 'kind', place, kind: 'sqs:queue' }],
    ['the kind of the gap', true, { type: 'kind', place, kind: 'iam:role' }],
  ] as const)('nor what a gap may hide: %s: %s', (_, isHidden, subject) => {
    const expected = entry({ kind: 'iam:role', resource: 'arn:aws:iam::111122223333:role/x' });
    expect(why([expected], [kept(gapFinding(subject, denied))], at(1), true)).toEqual(
      isHidden ? [] : ['unused'],
    );
  });
});
