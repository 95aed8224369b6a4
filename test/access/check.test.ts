import { expect, test } from 'vitest';
import { checkLine } from '../../shared/access/check.ts';

const owner = '111122223333';
const line = (more: object) =>
  JSON.stringify({
    id: 'one',
    kind: 'sqs:queue',
    resource: `arn:aws:sqs:eu-west-1:${owner}:orders`,
    owner,
    policy: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
    },
    zone: { organization: 'o-abc1234567', accounts: [owner], organizationPaths: [] },
    ...more,
  });

test('a line gives its id, its grants with plain statement numbers, and its notes', () => {
  const { output, failed } = checkLine(line({}));
  expect(failed).toBe(false);
  expect(output).toMatchObject({
    id: 'one',
    grants: [{ outsider: { type: 'anyone' }, statements: [0] }],
    notes: [],
  });
});

test('a policy may be an object, JSON text or URL-encoded JSON text; null is none', () => {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
  });
  const object = checkLine(line({})).output;
  expect(checkLine(line({ policy })).output).toEqual(object);
  expect(checkLine(line({ policy: encodeURIComponent(policy) })).output).toEqual(object);
  expect(checkLine(line({ policy: null }))).toEqual({
    output: { id: 'one', grants: [], notes: [] },
    failed: false,
  });
});

test.each([
  [{ policy: 'nonsense' }, 'policy is no JSON'],
  [{ kind: 7 }, '`kind` must be a text'],
  [{ owner: '11112222333' }, '`owner` must be an account id'],
  [{ zone: { accounts: 'all' } }, '`zone.accounts` must be a list of texts'],
  [{ zone: null }, '`zone` must be an object'],
  [{ resourceControlPolicies: [{ Version: '2012-10-17' }] }, 'resource control policy 0 has no Statement'],
  [{ resourceControlPolicies: {} }, '`resourceControlPolicies` must be a list'],
  [
    { blockPublicAccess: { ignorePublicAcls: 'yes' } },
    '`blockPublicAccess.ignorePublicAcls` must be true or false',
  ],
])('%j: the error says what, the id is kept', (more, error) => {
  expect(checkLine(line(more))).toMatchObject({
    failed: true,
    output: { id: 'one', error: expect.stringContaining(error) },
  });
});

test('a key that stands twice in the policy of a line is an error', () => {
  const twice = line({}).replace('"Action":"sqs:SendMessage"', '"Action":"sqs:SendMessage","Action":"sqs:*"');
  expect(checkLine(twice)).toMatchObject({
    failed: true,
    output: { error: expect.stringContaining('`Action` twice') },
  });
});

test('a line that is no JSON is an error without an id', () => {
  expect(checkLine('{"id":')).toMatchObject({ failed: true, output: { error: expect.any(String) } });
  expect(checkLine('[]')).toMatchObject({ failed: true });
});
