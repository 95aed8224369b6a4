import { expect, test } from 'vitest';
import { lambdaPorts } from '../../shared/aws/wiring.ts';

test('a port says which variable of the environment it lacks, when it is used and not before', () => {
  const ports = lambdaPorts({ AWS_REGION: 'eu-west-1' });
  expect(() => ports.store).toThrow(
    'the environment: `TRUSTWATCH_TABLE` is not set; deploy the function with serverless.yml',
  );
  expect(() => ports.channels).toThrow('TRUSTWATCH_TOPIC');
  expect(() => ports.sessions).toThrow('TRUSTWATCH_AUDIT_ROLE');
  expect(ports.kinds.length).toBeGreaterThan(0);
});

const publishing = { AWS_REGION: 'eu-west-1', TRUSTWATCH_TOPIC: 'arn:topic', TRUSTWATCH_STORM_AFTER: '20' };

test('alerts leave on the channels that are switched on, and the topic of findings is always one', () => {
  const channelsIn = (more: object) =>
    lambdaPorts({ ...publishing, ...more }).channels.map(({ name }) => name);
  expect(channelsIn({})).toEqual(['topic']);
  expect(channelsIn({ TRUSTWATCH_EVENTS: 'false', TRUSTWATCH_SECURITY_HUB: 'false' })).toEqual(['topic']);
  expect(
    channelsIn({
      TRUSTWATCH_CHAT_TOPIC: 'arn:chat',
      TRUSTWATCH_EVENTS: 'true',
      TRUSTWATCH_SECURITY_HUB: 'true',
      TRUSTWATCH_ACCOUNT: '999999999999',
    }),
  ).toEqual(['topic', 'chat', 'event-bus', 'security-hub']);
});

test('a severity or a number that there is not is refused, not taken for none', () => {
  const rulesIn = (more: object) => lambdaPorts({ ...publishing, ...more }).alertRules;
  expect(rulesIn({ TRUSTWATCH_DIGEST_BELOW: '' })).toEqual({ stormAfter: 20 });
  expect(rulesIn({ TRUSTWATCH_DIGEST_BELOW: 'high' })).toEqual({ stormAfter: 20, digestBelow: 'high' });
  expect(() => rulesIn({ TRUSTWATCH_DIGEST_BELOW: 'hihg' })).toThrow('hihg');
  expect(() => rulesIn({ TRUSTWATCH_STORM_AFTER: 'many' })).toThrow('stormAfter from 1 to 500');
});
