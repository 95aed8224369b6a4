import { expect, test } from 'vitest';
import { outcomeOf } from '../../shared/kinds/outcome.ts';

const kind = { errors: { absent: ['NoSuchPolicy'], gone: ['NoSuchThing'], notUsable: ['ServiceNotHere'] } };
const error = (name: string, extra: object = {}) =>
  Object.assign(new Error('said so'), { name, $metadata: {}, ...extra });

test.each([
  [error('NoSuchPolicy'), 'absent'],
  [error('NoSuchThing'), 'gone'],
  [error('QueueDoesNotExist', { Code: 'NoSuchThing' }), 'gone'],
  [error('ServiceNotHere'), 'not-usable'],
  [error('SubscriptionRequiredException'), 'not-usable'],
  [error('Error', { code: 'ENOTFOUND' }), 'not-usable'],
])('what the service says is what it is: %s', (thrown, outcome) => {
  expect(outcomeOf(kind, thrown)).toBe(outcome);
});

test.each([
  [error('AccessDeniedException'), 'denied'],
  [error('AuthorizationErrorException'), 'denied'],
  [error('UnauthorizedOperation'), 'denied'],
  [error('SomethingNew', { $metadata: { httpStatusCode: 403 } }), 'denied'],
  [error('ThrottlingException'), 'throttled'],
  [error('SlowDown'), 'throttled'],
  [error('SomethingNew', { $metadata: { httpStatusCode: 429 } }), 'throttled'],
  [error('UnrecognizedClientException', { $metadata: { httpStatusCode: 403 } }), 'region-off'],
  [error('OptInRequired'), 'region-off'],
  [new SyntaxError('Unexpected token < in JSON'), 'malformed'],
  [error('NotRecorded'), 'failed'],
  [error('TimeoutError'), 'failed'],
  ['a string', 'failed'],
  [undefined, 'failed'],
  [null, 'failed'],
])('a failure is unread, never absent: %s is %s', (thrown, reason) => {
  expect(outcomeOf(kind, thrown)).toMatchObject({ reason });
});

test('a message is one line of bounded length, whatever the service sends', () => {
  const thrown = error('Boom', { message: `a\nb\u001b[31m\u202e\u2028${'x'.repeat(5000)}` });
  const outcome = outcomeOf(kind, thrown);
  const message = typeof outcome === 'object' ? outcome.message : '';
  expect(message).toMatch(/^Boom: a b \[31m x+…$/);
  expect(message).toHaveLength(300);
});
