import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventPatterns, longestPattern } from '../../shared/catalog/event-patterns.ts';
import { kinds } from '../../shared/kinds/index.ts';
import type { Kind } from '../../shared/kinds/kind.ts';
import { matches } from './pattern-match.ts';

const [some] = kinds;
if (some === undefined) throw new Error('there are no kinds');

const event = (eventSource: string, eventName: string, detail: object = {}) => ({
  source: 'aws.any',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: { eventSource, eventName, ...detail },
});

const nameText = fc.stringMatching(/^[A-Z][A-Za-z0-9]{2,60}$/);
const events = fc.record({
  source: fc.stringMatching(/^[a-z]{1,12}\.amazonaws\.com$/),
  names: fc.array(fc.oneof(nameText, fc.record({ prefix: nameText })), { minLength: 1, maxLength: 40 }),
});
const manyKinds = fc.array(
  fc
    .array(events, { maxLength: 3 })
    .map((list): Kind => ({ ...some, events: list.map((each) => ({ ...each, resource: () => 'every' })) })),
  { maxLength: 30 },
);

test('however many kinds there are, each pattern is within the limit and every event of each is matched', () => {
  fc.assert(
    fc.property(manyKinds, (list) => {
      const patterns = eventPatterns(list);
      for (const pattern of patterns)
        expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(longestPattern);
      for (const { source, names } of list.flatMap((kind) => kind.events))
        for (const name of names) {
          const called = event(source, typeof name === 'string' ? name : `${name.prefix}20150331`);
          expect(patterns.some((pattern) => matches(pattern, called))).toBe(true);
        }
    }),
    { numRuns: 50, endOnFailure: true },
  );
});

test('a call that failed, a name that nobody claims, and an event that AWS did not send are not matched', () => {
  const patterns = eventPatterns(kinds);
  const matched = (sent: Parameters<typeof matches>[1]) => patterns.some((pattern) => matches(pattern, sent));
  expect(matched(event('iam.amazonaws.com', 'CreateRole'))).toBe(true);
  expect(matched(event('iam.amazonaws.com', 'CreateRole', { errorCode: 'AccessDenied' }))).toBe(false);
  expect(matched(event('iam.amazonaws.com', 'ListRoles'))).toBe(false);
  expect(matched(event('sqs.amazonaws.com', 'CreateRole'))).toBe(false);
  expect(matched({ ...event('iam.amazonaws.com', 'CreateRole'), source: 'acme.forged' })).toBe(false);
});
