import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertList } from '../../shared/findings/alert.ts';
import { briefOf } from '../../shared/findings/brief.ts';
import { listMessage } from '../../shared/findings/list-message.ts';
import { listBody } from '../../shared/findings/message-schema.ts';
import type { Look, SubjectRecord } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { alertText } from '../../shared/report/alert.ts';
import { asffFinding } from '../../shared/report/asff.ts';
import { changesText } from '../../shared/report/changes.ts';
import { chatMessage } from '../../shared/report/chat.ts';
import { bucket, byChange, departedLook, grant, presentLook, unreadLook } from '../findings/samples.ts';
import { auditReport } from './sample.ts';

const told = (look: Look, before?: Look) => {
  const former = before && (settle(undefined, before) as SubjectRecord);
  return transitions(former, settle(former, look) as SubjectRecord);
};

const oneOf = (look: Look, before?: Look) => {
  const [transition] = told(look, before);
  if (transition === undefined) throw new Error('no transition');
  return transition;
};

const chatOf = (look: Look, before?: Look) =>
  JSON.parse(chatMessage({ type: 'one', transition: oneOf(look, before) }));

const found = { ...presentLook(bucket, 1, [grant()]), cause: byChange };
const reporter = { partition: 'aws', region: 'eu-west-1', account: '999999999999' };

test('a chat message is of the schema that Amazon Q Developer takes, and says who, what, and by whom', () => {
  const message = chatOf(found);
  expect(Object.keys(message).toSorted()).toEqual(['content', 'id', 'metadata', 'source', 'version']);
  expect(message).toMatchObject({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', keywords: ['trustwatch', 'medium', 'new'] },
    metadata: { eventType: 'trustwatch-access-new', relatedResources: [bucket.arn] },
  });
  for (const text of [
    bucket.arn,
    'account 222222222222',
    's3:GetObject',
    'eve',
    'UpdateAssumeRolePolicy',
    byChange.by === 'change' ? byChange.eventId : '',
  ])
    expect(message.content.description).toContain(text);
});

test('what a finding has not is no empty text in its message', () => {
  const gap = chatOf(unreadLook({ type: 'account', account: '111122223333' }, 1));
  const { finding, ...context } = gap.metadata.additionalContext;
  expect(context).toEqual({ severity: 'high', account: '111122223333' });
  expect(chatOf(found).metadata.additionalContext).toMatchObject({ kind: 's3:bucket', region: 'us-east-1' });
});

test('new, changed and resolved of one finding stand in one thread, and what is over asks for nothing', () => {
  const resolved = chatOf(presentLook(bucket, 2, []), found);
  expect(resolved.metadata.threadId).toBe(chatOf(found).metadata.threadId);
  expect(resolved.content).not.toHaveProperty('nextSteps');
});

test('what is resolved because its account has left says so, alone and in a list', () => {
  const why = 'its account is not of the organization any more; nobody has looked';
  const left = oneOf(departedLook(bucket, 2), found);
  expect(chatOf(departedLook(bucket, 2), found).content.description).toContain(
    `*Resolved because:* ${why}\n`,
  );
  const list = alertList('storm', [briefOf(left)]);
  if (list === undefined) throw new Error('no list');
  expect(JSON.parse(chatMessage({ type: 'many', list })).content.description).toContain(` (${why})`);
  expect(listBody.parse(JSON.parse(listMessage(list).body)).findings).toMatchObject([{ departed: true }]);
  expect(alertText(left)).toContain(`\n  resolved   ${why}\n`);
  expect(asffFinding(reporter, left)).toMatchObject({
    RecordState: 'ARCHIVED',
    ProductFields: { 'trustwatch/Departed': 'true' },
  });
  expect(changesText(auditReport([]), [left])).toContain(` (${why})`);
});

/** Names as a hostile account would choose them. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '<!channel> <@U123> <https://evil.example|click>',
    '`*bold*` _it_ ~no~ [click](https://evil.example)',
    '``` code',
    '\u202etxt.exe\r\n*Resource:* `all is well`',
    '&lt;!here&gt;',
    'x'.repeat(5000),
  ),
);

/** What is left of client-markdown when the code in it is taken out. */
const outsideCode = (text: string) => text.replaceAll(/`[^`\n]*`/g, '');

test('whatever a name holds, in chat it is bounded code: no mention, no link, no mark, no line of its own', () => {
  const plain = chatOf(found).content.description.split('\n').length;
  fc.assert(
    fc.property(hostile, hostile, (name, reason) => {
      const look = {
        ...presentLook({ ...bucket, arn: `arn:aws:s3:::${name}` }, 1, [grant({ because: reason })]),
        cause: { ...byChange, actor: { principal: name } } as Look['cause'],
      };
      const text = chatMessage({ type: 'one', transition: oneOf(look) });
      expect(Buffer.byteLength(text)).toBeLessThan(32_000);
      const { title, description } = JSON.parse(text).content;
      expect(title).not.toMatch(/[`*<>&\p{Cc}\p{Cf}]/u);
      expect(description).not.toMatch(/[<>]/);
      expect(description.split('\n')).toHaveLength(plain);
      expect(outsideCode(description)).toMatch(/^[\w\s*:,.-]*$/);
    }),
  );
});

test('a list names the worst, counts the others, and is small however long it is', () => {
  const grants = Array.from({ length: 3000 }, (_, index) =>
    grant({ outsider: { type: 'account', account: `${300000000000 + index}` } }),
  );
  const looks = [presentLook({ ...bucket, arn: `arn:aws:s3:::${'x'.repeat(2000)}` }, 1, grants)];
  const worst = presentLook(bucket, 1, [grant({ outsider: { type: 'anyone' } })]);
  const list = alertList('storm', [...looks, worst].flatMap((look) => told(look)).map(briefOf));
  if (list === undefined) throw new Error('no list');
  expect(list).toMatchObject({ severity: 'high', title: 'Storm: 3001 new or changed from audit audit-1' });
  const chat = chatMessage({ type: 'many', list });
  expect(Buffer.byteLength(chat)).toBeLessThan(8000);
  expect(JSON.parse(chat).content.description).toMatch(/- high, new: [^\n]*\n.*and 2986 more/s);
  const { subject, body, attributes } = listMessage(list);
  expect(subject).toMatch(/^[!-~][ -~]{0,98}$/);
  expect(Buffer.byteLength(body)).toBeLessThan(240 * 1024);
  const parsed = listBody.parse(JSON.parse(body));
  expect(parsed).toMatchObject({ total: 3001, bySeverity: { high: 1, medium: 3000 }, reason: 'storm' });
  expect(parsed.findings.length + parsed.left).toBe(3001);
  expect(parsed.findings[0]?.severity).toBe('high');
  expect(attributes).toMatchObject({
    severity: ['high', 'medium'],
    account: ['111122223333'],
    source: ['audit'],
  });
});

test('no list is made of nothing', () => {
  expect(alertList('digest', [])).toBeUndefined();
});

test("a finding in Security Hub is the security account's, names the member's resource, and keeps its identity", () => {
  const first = asffFinding(reporter, oneOf(found));
  expect(first).toMatchObject({
    AwsAccountId: '999999999999',
    ProductArn: 'arn:aws:securityhub:eu-west-1:999999999999:product/999999999999/default',
    Resources: [{ Type: 'AwsS3Bucket', Id: bucket.arn, Region: 'us-east-1' }],
    FindingProviderFields: { Severity: { Label: 'MEDIUM' } },
    ProductFields: { 'trustwatch/Account': '111122223333', 'trustwatch/OutsiderType': 'account' },
    RecordState: 'ACTIVE',
  });
  const resolved = asffFinding(reporter, oneOf(presentLook(bucket, 2, []), found));
  expect(resolved).toMatchObject({ Id: first.Id, RecordState: 'ARCHIVED', CreatedAt: first.CreatedAt });
  const gap = asffFinding(reporter, oneOf(unreadLook({ type: 'account', account: '111122223333' }, 1)));
  expect(gap.Resources).toEqual([
    { Type: 'AwsAccount', Id: 'AWS::::Account:111122223333', Partition: 'aws' },
  ]);
});

test('whatever a name holds, the texts of a finding in Security Hub keep its bounds', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const look = presentLook({ ...bucket, arn: `arn:aws:s3:::${name}` }, 1, [
        grant({ because: name.repeat(20), outsider: { type: 'federated', provider: name, subject: name } }),
      ]);
      const asff = asffFinding(reporter, oneOf(look));
      expect(asff.Title.length).toBeLessThanOrEqual(256);
      expect(asff.Description.length).toBeLessThanOrEqual(1024);
      expect(asff.Resources[0]?.Id.length).toBeLessThanOrEqual(512);
      for (const value of Object.values(asff.ProductFields)) expect(value.length).toBeLessThanOrEqual(2048);
    }),
  );
});
