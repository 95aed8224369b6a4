import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Grant } from '../../shared/access/grant.ts';
import { findingMessage } from '../../shared/findings/message.ts';
import { messageBody, messageJsonSchemas } from '../../shared/findings/message-schema.ts';
import type { Look, Transition } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { bucket, byChange, departedLook, grant, place, presentLook, role, unreadLook } from './samples.ts';

/** The one transition of a look at something that was not known, or was known by another look. */
function only(look: Look, before?: Look): Transition {
  const former = before && settle(undefined, before);
  if (former === 'older') throw new Error('not the first look');
  const after = settle(former, look);
  const [transition] = after === 'older' ? [] : transitions(former, after);
  if (transition === undefined) throw new Error('no transition');
  return transition;
}

const newGrant = (changes: Partial<Grant>) => only(presentLook(bucket, 1, [grant(changes)]));

const bodyOf = (transition: Transition) => messageBody.parse(JSON.parse(findingMessage(transition).body));

test('a new grant names resource, account, outsider and who made the change', () => {
  const look = { ...presentLook(role, 1, [grant({ actions: ['sts:AssumeRole'] })]), cause: byChange };
  const { subject, body, attributes } = findingMessage(only(look));
  expect(subject).toBe(
    '[high] New: Account 222222222222 can assume iam:role role/deploy of account 111122223333',
  );
  expect(JSON.parse(body)).toMatchObject({
    schema: 'trustwatch.finding/1',
    status: 'new',
    account: '111122223333',
    kind: 'iam:role',
    resource: 'arn:aws:iam::111122223333:role/deploy',
    grant: { outsider: { type: 'account', account: '222222222222' } },
    cause: byChange,
  });
  expect(attributes).toEqual({
    status: 'new',
    severity: 'high',
    type: 'access',
    kind: 'iam:role',
    account: '111122223333',
    region: 'us-east-1',
    outsiderType: 'account',
    source: 'change',
  });
});

test('a changed grant tells what it was, a resolved one what it is no more, a gap what could not be read', () => {
  const before = presentLook(bucket, 1, [grant()]);
  const wider = presentLook(bucket, 2, [grant({ actions: ['s3:GetObject', 's3:ListBucket'] })]);
  expect(bodyOf(only(wider, before))).toMatchObject({ status: 'changed', before: { severity: 'medium' } });
  expect(bodyOf(only(presentLook(bucket, 2, []), before))).toMatchObject({
    status: 'resolved',
    grant: grant(),
  });
  expect(bodyOf(only(unreadLook({ type: 'kind', place, kind: 'sqs:queue' }, 1)))).toMatchObject({
    type: 'gap',
    kind: 'sqs:queue',
    unread: { reason: 'denied' },
  });
});

test('what is resolved because its account has left says so, and nothing of a policy that nobody has seen', () => {
  const before = presentLook(bucket, 1, [grant()]);
  const sight = { state: 'present', policyHash: 'hash', policies: [{ name: 'policy', text: '{}' }] } as const;
  const body = bodyOf(only(departedLook(bucket, 2), { ...before, sight }));
  expect(body).toMatchObject({ status: 'resolved', departed: true });
  expect(body.policies).toEqual({ before: sight.policies });
  expect(body).not.toHaveProperty('unannounced');
  expect(bodyOf(only(presentLook(bucket, 2, []), before))).not.toHaveProperty('departed');
});

test('a gap of an account has no region and no kind, and no empty attribute', () => {
  const { attributes } = findingMessage(only(unreadLook({ type: 'account', account: '111122223333' }, 1)));
  expect(attributes).toEqual({
    status: 'new',
    severity: 'high',
    type: 'gap',
    account: '111122223333',
    source: 'audit',
  });
});

/** Names as a hostile account would choose them. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'a\r\nSubject: all is well',
    '\u202etxt.exe',
    '<script>alert(1)</script>',
    '=HYPERLINK("x")',
    '\ud800',
    '\u0000',
    'x'.repeat(300),
  ),
);

test('whatever a name holds, the subject is one short line of ASCII, the title one line, and the body is of its schema', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, subject, value) => {
      const look = presentLook({ ...bucket, arn: `arn:aws:s3:::${name}` }, 1, [
        grant({
          outsider: { type: 'federated', provider: 'token.actions.githubusercontent.com', subject },
          conditions: [{ key: 'aws:UserAgent', operator: 'StringEquals', values: [value], bounds: 'none' }],
        }),
      ]);
      const message = findingMessage(only(look));
      expect(message.subject).toMatch(/^[!-~][ -~]{0,98}$/);
      const body = messageBody.parse(JSON.parse(message.body));
      expect(body.title).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(body.title.length).toBeLessThan(400);
    }),
  );
});

test('a grant that is larger than a message is shortened, and says so', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `arn:aws:s3:::acme-data/${'x'.repeat(90)}${index}`);
  const { body } = findingMessage(newGrant({ resources: many }));
  expect(Buffer.byteLength(body)).toBeLessThan(256 * 1024 - 2048);
  expect(messageBody.parse(JSON.parse(body))).toMatchObject({ shortened: ['grant'] });
  expect(bodyOf(newGrant({}))).not.toHaveProperty('shortened');
});

test.each(['"', '\u0001', '\u6f22', '\u{10348}'])(
  'however large the parts are that policies and names fill, and in letters like %j, the message has room in SNS',
  (letter) => {
    const huge = letter.repeat(45_000);
    const many = Array<string>(12).fill(letter.repeat(600));
    const cases = [
      [huge, 'a', ['a']],
      ['a', huge, [huge]],
      ['a', 'a', many],
      [huge, huge, many],
    ] as const;
    const principal = { type: 'AWS', arn: huge } as const;
    for (const [name, other, values] of cases) {
      const look: Look = {
        ...presentLook({ ...bucket, arn: `arn:aws:s3:::${name}` }, 1, [
          grant({
            outsider: { type: 'federated', provider: other, subject: name },
            actions: values,
            resources: values,
            conditions: Array(12).fill({ key: name, operator: other, values, bounds: 'none' }),
            statements: Array(12).fill({ policy: name, index: 0, sid: other }),
            witness: { action: name, resource: other, principal, context: { [name]: values } },
            because: other,
          }),
        ]),
        sight: { state: 'present', policyHash: 'x', policies: [{ name, text: other }] },
        cause: byChange,
      };
      const { body, subject, attributes } = findingMessage(only(look));
      const sizes = [body, subject, JSON.stringify(attributes)].map((each) => Buffer.byteLength(each));
      expect(Math.max(...sizes.slice(1))).toBeLessThan(8 * 1024);
      expect(sizes[0]).toBeLessThanOrEqual(240 * 1024);
      expect(messageBody.safeParse(JSON.parse(body)).error).toBeUndefined();
    }
  },
);

test('no attribute is empty, and there are no more than a queue takes', () => {
  const crossing = presentLook(bucket, 1, [grant()]);
  const findings = crossing.findings.map((finding) => ({ ...finding, boundary: 'production' }));
  const looks = [
    { ...crossing, findings },
    unreadLook({ type: 'configuration' }, 1),
    unreadLook({ type: 'account', account: '111122223333' }, 1),
    unreadLook({ type: 'kind', place, kind: 'sqs:queue' }, 1),
    unreadLook({ ...bucket, arn: '' }, 1),
  ];
  for (const look of looks) {
    // https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
    const { attributes } = findingMessage(only(look));
    expect(Object.keys(attributes).length).toBeLessThanOrEqual(10);
    for (const value of Object.values(attributes)) expect(value.length).toBeGreaterThan(0);
  }
});

test('what was before is left out first', () => {
  const resources = (length: number) =>
    Array.from({ length }, (_, index) => `arn:aws:s3:::acme-data/${'x'.repeat(90)}${index}`);
  const before = presentLook(bucket, 1, [grant({ resources: resources(1500) })]);
  const after = presentLook(bucket, 2, [grant({ resources: resources(1501) })]);
  const body = bodyOf(only(after, before));
  expect(body).toMatchObject({ shortened: ['before'] });
  expect(body.grant?.resources).toHaveLength(1501);
});

test.each(messageJsonSchemas())(
  '%s is the JSON Schema that messages keep; if not, run `npm run generate`',
  (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);
