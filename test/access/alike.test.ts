import { describe, expect, test } from 'vitest';
import { judgeAlike } from '../../shared/access/alike.ts';
import { budgetOf, spend } from '../../shared/access/budget.ts';
import { Clock } from '../../shared/access/clock.ts';
import type { Decision, DecisionInput } from '../../shared/access/decision.ts';
import { judgeAfresh } from '../../shared/access/judge.ts';
import type { Zone } from '../../shared/access/zone.ts';

const owner = '111122223333';
const now = Date.parse('2026-06-01T00:00:00Z');

const zoneWith = (more: Partial<Zone> = {}): Zone => ({
  organization: 'o-abc1234567',
  accounts: [owner, '444455556666'],
  organizationPaths: [],
  ...more,
});

const fresh = (input: DecisionInput) => judgeAfresh(input, new Clock(now));

/** What is answered, and how many of the questions had to be judged. */
function answers(questions: readonly DecisionInput[]): { decisions: Decision[]; judged: number } {
  let judged = 0;
  const decisions = questions.map((input) => {
    const clock = new Clock(now);
    return judgeAlike(input, clock, () => {
      judged += 1;
      return judgeAfresh(input, clock);
    });
  });
  return { decisions, judged };
}

const role = (zone: Zone, name: string, statement: object): DecisionInput => ({
  resource: { kind: 'iam:role', arn: `arn:aws:iam::${owner}:role/${name}`, owner },
  policies: [
    { name: 'trust', text: JSON.stringify({ Version: '2012-10-17', Statement: [statement].flat() }) },
  ],
  zone,
});

const partner = (account: string, externalId: string) => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'sts:ExternalId': externalId } },
});

const digits = (n: number) => String(200_000_000_000 + n * 7_000_000_077);

test('from the fourth question on, what differs in names alone is answered without judging, with its own names', () => {
  const zone = zoneWith();
  const questions = Array.from({ length: 10 }, (_, i) =>
    role(zone, `payments-${'abcdefghij'[i]}x`, partner(digits(i + 1), `contract-${'klmnopqrst'[i]}`)),
  );
  const { decisions, judged } = answers(questions);
  expect(judged).toBe(3);
  expect(decisions).toEqual(questions.map(fresh));
  expect(decisions[9]).toMatchObject({
    grants: [{ outsider: { account: digits(10) }, because: expect.stringContaining(digits(10)) }],
  });
});

test('a provider that has its name in lower case in the keys is named as it is written', () => {
  const zone = zoneWith();
  const trust = (id: string) => {
    const provider = `oidc.eks.eu-west-1.amazonaws.com/id/${id}`;
    return role(zone, 'cluster-reader', {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::999988887777:oidc-provider/${provider}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${provider}:sub`]: 'system:serviceaccount:default:web' } },
    });
  };
  const questions = ['QWERTZ12', 'QWERTZ13', 'QWERTZ14', 'QWERTZ15', 'UIOPQW99'].map(trust);
  const { decisions, judged } = answers(questions);
  expect(judged).toBe(3);
  expect(decisions).toEqual(questions.map(fresh));
});

test('each zone has its own answers, and a zone that is asked about once has none', () => {
  const trust = (zone: Zone) => role(zone, 'payments', partner('222233334444', 'contract'));
  const inside = zoneWith({ accounts: [owner, '222233334444'] });
  const asked = [zoneWith(), inside, zoneWith(), zoneWith()].map(trust);
  expect(answers(asked)).toEqual({ decisions: asked.map(fresh), judged: 4 });
});

const allow = (principal: string, condition?: object) => ({
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action: 'sts:AssumeRole',
  ...(condition && { Condition: condition }),
});

const named = (name: string) => `arn:aws:iam::222233334444:role/${name}`;

const denied = (operator: string, value: string) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 'sts:AssumeRole',
  Condition: { [operator]: { 'aws:PrincipalArn': value } },
});

/** Statements by a word: many are alike, and one more is alike only to the eye. */
const cases: readonly [why: string, statements: (word: string) => object, alike: string[], other: string][] =
  [
    [
      'an account inside the zone',
      (account) => allow(`arn:aws:iam::${account}:root`),
      ['222233334444', '333344445555', '666677778888', '777788889999'],
      '444455556666',
    ],
    [
      'a word of ARNs',
      (word) => allow(`arn:aws:sts::222233334444:${word}/ci/build`),
      ['abcdefg-hijk', 'bcdefgh-ijkl', 'cdefghi-jklm', 'defghij-klmn'],
      'assumed-role',
    ],
    [
      'a name that a glob of another statement matches',
      (name) => [allow(named(name)), denied('ArnLike', named('adm*'))],
      ['worker1', 'worker2', 'worker3', 'worker4'],
      'admin77',
    ],
    [
      'a name that a glob matches by its end',
      (name) => [allow(named(name)), denied('ArnLike', named('*77'))],
      ['workera', 'workerb', 'workerc', 'workerd'],
      'worke77',
    ],
    [
      'a name that another statement names',
      (name) => [allow(named(name)), denied('ArnEquals', named('ops-team'))],
      ['web-team', 'sre-team', 'dba-team', 'qa1-team'],
      'ops-team',
    ],
    [
      'a name at a wildcard',
      (name) => [allow(named('worker-one')), denied('ArnLike', named(`${name}*`))],
      ['server', 'viewer', 'reader', 'writer'],
      'worker',
    ],
    [
      'a service',
      (name) => ({
        Effect: 'Allow',
        Principal: { Service: `${name}.amazonaws.com` },
        Action: 'sts:AssumeRole',
      }),
      ['foobar', 'barfoo', 'bazbar', 'barbaz'],
      'lambda',
    ],
    [
      'an action',
      (action) => ({ ...allow(named('worker')), Action: `sts:${action}` }),
      ['AbcdefRole', 'BcdefgRole', 'CdefghRole', 'DefghiRole'],
      'AssumeRole',
    ],
    [
      'a condition key',
      (key) => allow(named('worker'), { StringEquals: { [`aws:${key}`]: 'o-abc1234567' } }),
      ['AbcdefghiOrgID', 'BcdefghijOrgID', 'CdefghijkOrgID', 'DefghijklOrgID'],
      'PrincipalOrgID',
    ],
    [
      'a condition operator',
      (operator) => allow('*', { [operator]: { 'aws:PrincipalAccount': owner } }),
      ['StringUnlike', 'StringAsLike', 'StringEgales', 'StringUguali'],
      'StringEquals',
    ],
    [
      'an organization',
      (id) => allow('*', { StringEquals: { 'aws:PrincipalOrgID': id } }),
      ['o-zzz1234567', 'o-yyy1234567', 'o-xxx1234567', 'o-www1234567'],
      'o-abc1234567',
    ],
    [
      'an id that tells that it is of a deleted role',
      (id) => allow(id),
      ['BROAABCDEFGHIJKLMNOP', 'CROAABCDEFGHIJKLMNOP', 'DROAABCDEFGHIJKLMNOP', 'EROAABCDEFGHIJKLMNOP'],
      'AROAABCDEFGHIJKLMNOP',
    ],
    [
      'a date',
      (date) => allow(named('worker'), { DateGreaterThan: { 'aws:CurrentTime': `${date}T00:00:00Z` } }),
      ['2020-01-01', '2020-01-02', '2020-01-03', '2020-01-04'],
      '9999-99-99',
    ],
    [
      'a date past',
      (date) => allow(named('worker'), { DateLessThan: { 'aws:CurrentTime': date } }),
      ['2027-01-01T00:00:00Z', '2027-01-02T00:00:00Z', '2027-01-03T00:00:00Z', '2027-01-04T00:00:00Z'],
      '2020-01-01T00:00:00Z',
    ],
    [
      'a number',
      (number) =>
        allow(named('worker'), {
          NumericGreaterThan: { 'aws:RequestTag/n': number },
          NumericLessThan: { 'aws:RequestTag/n': '500000000000' },
        }),
      ['122223333444', '222223333444', '322223333444', '422223333444'],
      '922223333444',
    ],
    [
      'a number without quotes',
      (number) =>
        allow(named('worker'), {
          StringEquals: { 'aws:PrincipalAccount': Number(number) },
          StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::??????????44:*' },
        }),
      ['122223333444', '222223333444', '322223333444', '422223333444'],
      '222223333455',
    ],
    [
      'a name with a wildcard in it',
      (name) => allow('222233334444', { StringLike: { 'aws:PrincipalArn': named(name) } }),
      ['worker1', 'worker2', 'worker3', 'worker4'],
      'work*r1',
    ],
    [
      'what the search puts in the place of wildcards',
      (name) => [
        allow('222233334444', { StringLike: { 'aws:PrincipalArn': named('???????') } }),
        denied('ArnEquals', named(name)),
      ],
      ['workerx', 'workery', 'workerz', 'workerw'],
      'ooooooo',
    ],
    [
      'a name that is spelt as what the search looks for',
      (name) => [
        allow('222233334444', { StringLike: { 'aws:PrincipalArn': named('???????') } }),
        denied('ArnEquals', named(name)),
        denied('ArnEquals', named('xxxxxxx')),
        denied('ArnEquals', named('ooooooo')),
        denied('ArnLike', named('*/*')),
      ],
      ['workerx', 'workery', 'workerz', 'workerw'],
      'yworker',
    ],
    [
      'a name that comes before another by the alphabet',
      (tag) => {
        const [one, other] = [{ [`aws:PrincipalTag/${tag}`]: 'x' }, { 'aws:PrincipalTag/reader': 'x' }];
        return [
          allow('222233334444', { StringEquals: { ...one, ...other } }),
          allow('222233334444', { StringEquals: { ...other, ...one } }),
        ];
      },
      ['server', 'viewer', 'worker', 'writer'],
      'dealer',
    ],
    [
      'the beginning of the id of a principal',
      (id) => allow('*', { StringLike: { 'aws:userid': id } }),
      ['BBCDEF', 'CBCDEF', 'DBCDEF', 'EBCDEF'],
      'ABCDEF',
    ],
    [
      'a region at the end of a service',
      (region) => ({ ...allow(''), Principal: { Service: `lambda.${region}` } }),
      ['abcdef-east-x', 'bcdefg-east-x', 'cdefgh-east-x', 'defghi-east-x'],
      'abcdef-east-1',
    ],
    [
      'an account of which nobody speaks',
      (account) => [
        allow('*', { StringLike: { 'aws:PrincipalAccount': '*' } }),
        { ...allow(account), Effect: 'Deny' },
      ],
      ['222233334444', '333344445555', '555566667777', '666677778888'],
      '927461835042',
    ],
    [
      'an escape',
      (word) => JSON.parse(JSON.stringify(allow(named('a\\b'))).replace('a\\\\b', `\\u0061${word}`)),
      ['x', 'y', 'z', 'w'],
      '*',
    ],
    [
      'the object of all objects',
      (tag) => allow(named('worker'), { StringEquals: { [`aws:RequestTag/${tag}`]: 'x' } }),
      ['_xproto__', '_yproto__', '_zproto__', '_wproto__'],
      '__proto__',
    ],
  ];

describe('what only looks alike is judged by itself', () => {
  test.each(cases)('%s', (_, statements, alike, other) => {
    const zone = zoneWith();
    const questions = [...alike, ...alike, other].map((word) => role(zone, 'payments', statements(word)));
    expect(answers(questions).decisions).toEqual(questions.map(fresh));
  });
});

test('what depends on the time is judged each time', () => {
  const zone = zoneWith();
  const questions = ['workera', 'workerb', 'workerc', 'workerd'].map((name) =>
    role(zone, 'payments', allow(named(name), { StringLike: { 'aws:CurrentTime': '20*' } })),
  );
  expect(answers(questions)).toEqual({ decisions: questions.map(fresh), judged: 4 });
});

test('what ran out of work is judged each time', () => {
  const zone = zoneWith();
  let judged = 0;
  for (const name of ['workera', 'workerb', 'workerc', 'workerd', 'workere']) {
    const input = role(zone, 'payments', allow(named(name)));
    judgeAlike(input, new Clock(now), () => {
      judged += 1;
      spend(budgetOf(1), 2);
      return fresh(input);
    });
  }
  expect(judged).toBe(5);
});

test('a name that is cut in a sentence is not put into one', () => {
  const zone = zoneWith();
  const long = (beginning: string, end: string) => named(beginning + 'x'.repeat(150) + end);
  const questions = [long('a', 'a'), long('a', 'b'), long('a', 'c'), long('b', 'd')].map((name) =>
    role(zone, 'payments', [allow('arn:aws:iam::222233334444:root'), denied('ArnEquals', name)]),
  );
  const { decisions } = answers(questions);
  expect(JSON.stringify(decisions)).toContain('…');
  expect(decisions).toEqual(questions.map(fresh));
});

test('answers that differ in more than the names of their questions are not remembered', () => {
  const zone = zoneWith();
  const questions = ['worker1', 'worker2', 'worker3', 'worker4', 'worker5'].map((name) =>
    role(zone, name, allow(named('partner'))),
  );
  const decisions = questions.map((input, i) =>
    judgeAlike(input, new Clock(now), () => ({ state: 'unjudged', policy: 'trust', reason: String(i) })),
  );
  expect(decisions).toMatchObject(questions.map((_, i) => ({ reason: String(i) })));
  const counts = questions.map((input, i) =>
    judgeAlike(input, new Clock(now), () => ({
      state: 'judged',
      grants: [],
      notes: [{ type: 'dead-statement', statement: { policy: 'trust', index: i }, because: 'x' }],
    })),
  );
  expect(counts).toMatchObject(questions.map((_, index) => ({ notes: [{ statement: { index } }] })));
});

test('a text that reads as two policies with a name between them is still one', () => {
  const zone = zoneWith();
  const statement = (name: string) => ({ Statement: [allow(named(name))] });
  const [first, second] = ['trust', 'guard'];
  const whole = role(zone, 'payments', {});
  const questions = ['worker1', 'worker2', 'worker3', 'worker4'].map((name) => ({
    ...whole,
    policies: [
      { name: first, text: JSON.stringify(statement(name)) },
      { name: second, text: JSON.stringify(statement('reader')) },
    ],
  }));
  const text = questions[0]?.policies.map((policy) => policy.text).join(` "${second}" `) ?? '';
  const asked = [...questions, { ...whole, policies: [{ name: first, text }] }];
  const { decisions, judged } = answers(asked);
  expect(judged).toBe(4);
  expect(decisions).toEqual(asked.map(fresh));
});

test('a session of a service-linked role, whom resource control policies do not restrict', () => {
  const zone = zoneWith();
  const resourceControlPolicies = [
    {
      name: 'control',
      text: JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] }),
    },
  ];
  const questions = ['X', 'Y', 'Z', 'V', 'A'].map((letter) => ({
    ...role(
      zone,
      'payments',
      allow(`arn:aws:sts::222233334444:assumed-role/${letter}WSServiceRoleForBackup/x`),
    ),
    resourceControlPolicies,
  }));
  expect(answers(questions).decisions).toEqual(questions.map(fresh));
});

test('a provider that IAM Identity Center has made for itself', () => {
  const zone = zoneWith();
  const name = 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
  const trust = (id: string) =>
    role(zone, name, {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${owner}:saml-provider/AWSSSO_${id}_DO_NOT_DELETE` },
      Action: 'sts:AssumeRoleWithSAML',
    });
  const questions = ['0123456789abcdeg', '0123456789abcdeh', '0123456789abcdei', '0123456789abcdef'].map(
    trust,
  );
  expect(answers(questions).decisions).toEqual(questions.map(fresh));
});

test('a name that a tenant of the zone would match in part', () => {
  const provider = 'token.actions.githubusercontent.com';
  const zone = zoneWith({ federatedTenants: [{ provider, claim: 'sub', value: 'repo:acme-*' }] });
  const trust = (name: string) =>
    role(zone, 'deployer', {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${owner}:oidc-provider/${provider}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${provider}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${provider}:sub`]: `repo:${name}/web:*` },
      },
    });
  const questions = ['ecma-labs', 'emca-labs', 'ecam-labs', 'eacm-labs', 'acme-labs'].map(trust);
  expect(answers(questions).decisions).toEqual(questions.map(fresh));
});

test('the parts of a resource that have policies of their own are judged by themselves', () => {
  const zone = zoneWith();
  const of = (account: string): DecisionInput => ({
    resource: { kind: 'lambda:function', arn: `arn:aws:lambda:eu-west-1:${owner}:function:resize`, owner },
    policies: [
      {
        name: 'policy:live',
        attachedTo: [`arn:aws:lambda:eu-west-1:${owner}:function:resize:live`],
        text: JSON.stringify({ Statement: [{ ...allow(account), Action: 'lambda:InvokeFunction' }] }),
      },
    ],
    zone,
  });
  const questions = ['222233334444', '333344445555', '555566667777', '666677778888', '777788889999'].map(of);
  expect(answers(questions)).toEqual({ decisions: questions.map(fresh), judged: 5 });
});

const letters = Array.from('abcdefghijklmnopqrst');

/** Questions of one length, no two of which have anything in common to learn. */
const unlike = (zone: Zone, length: number, count: number): readonly DecisionInput[] =>
  Array.from({ length: count }, (_, i) =>
    role(zone, 'payments', {
      ...allow(named('partner')),
      Sid: `${'x '.repeat(length / 2)}*worker${letters[i % 20]}`,
    }),
  );

/** How many of some questions that are alike are judged after others. */
function judgedAfter(before: (zone: Zone) => readonly DecisionInput[]): number {
  const zone = zoneWith();
  answers(before(zone));
  return answers(letters.map((letter) => role(zone, 'payments', allow(named(`worker${letter}`))))).judged;
}

test('where questions have nothing in common, looking for it ends', () => {
  expect(judgedAfter((zone) => unlike(zone, 200, 20))).toBe(2);
  expect(judgedAfter((zone) => unlike(zone, 200, 400))).toBe(20);
});

test('what is kept is bounded', () => {
  const alike = (zone: Zone) =>
    letters.map((letter) => role(zone, 'payments', allow(named(`worker${letter}`))));
  const long = (zone: Zone, count: number) =>
    Array.from({ length: count }, (_, i) => unlike(zone, 6_000 + 2 * i, 1)).flat();
  expect(judgedAfter((zone) => [...alike(zone), ...long(zone, 20)])).toBe(0);
  expect(judgedAfter((zone) => [...alike(zone), ...long(zone, 200)])).toBe(2);
});

test('an answer of many grants is not kept', () => {
  const zone = zoneWith();
  const many = Array.from({ length: 40 }, (_, i) => digits(i + 1));
  const questions = letters.map((letter) =>
    role(zone, 'payments', { ...allow(''), Principal: { AWS: [...many, named(`worker${letter}`)] } }),
  );
  expect(answers(questions)).toEqual({ decisions: questions.map(fresh), judged: 20 });
});
