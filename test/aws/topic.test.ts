import type { PublishCommandInput } from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callSettings } from '../../shared/aws/client-settings.ts';
import { snsTopic } from '../../shared/aws/topic.ts';

/** A topic that takes nothing, and what its service was asked. */
function topic() {
  const asked: Partial<PublishCommandInput>[] = [];
  const calls = { ...callSettings(), maxAttempts: 1 };
  const handle: typeof calls.requestHandler.handle = async ({ body }) => {
    asked.push(Object.fromEntries(new URLSearchParams(String(body))));
    throw new Error('not on the wire');
  };
  const settings = { ...calls, requestHandler: { ...calls.requestHandler, handle } };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
  return {
    asked,
    ...snsTopic({ topic: 'arn:aws:sns:eu-west-1:1:t', region: 'eu-west-1', calls: settings }),
  };
}

test('whatever a name holds, the message is one that queues take, and the same JSON', async () => {
  const letters = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\uffff', '\ufffe', '\u0000', '\ud800', '\\\uffff', '\u{10ffff}'),
  );
  const { asked, send } = topic();
  await fc.assert(
    fc.asyncProperty(fc.array(letters), async (names) => {
      await expect(send({ subject: 's', body: JSON.stringify(names), attributes: {} })).rejects.toThrow();
      const { Message = '' } = asked.pop() ?? {};
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
      expect(Message).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
      expect(JSON.parse(Message)).toEqual(names);
    }),
  );
});

test('an attribute of many values is a list that filter policies look into', async () => {
  const { asked, send } = topic();
  const attributes = { status: 'new', kind: ['iam:role', 's3:bucket'] };
  await expect(send({ subject: 's', body: '{}', attributes })).rejects.toThrow();
  expect(asked).toMatchObject([
    {
      'MessageAttributes.entry.1.Name': 'status',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.2.Value.DataType': 'String.Array',
      'MessageAttributes.entry.2.Value.StringValue': '["iam:role","s3:bucket"]',
    },
  ]);
});
