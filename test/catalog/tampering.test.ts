import { describe, expect, test } from 'vitest';
import { parseChangeEvent } from '../../shared/catalog/change-event.ts';
import { longestPattern, patternLength } from '../../shared/catalog/event-patterns.ts';
import { type OwnPart, ownParts } from '../../shared/catalog/own-parts.ts';
import { memberOwnPatterns, stackOwnPatterns } from '../../shared/catalog/own-patterns.ts';
import { tamperedPart } from '../../shared/catalog/tampering.ts';
import { matches } from './pattern-match.ts';

const [security, member] = ['222222222222', '111122223333'] as const;

const own = { auditRole: 'trustwatch-audit', stack: 'trustwatch-prod', account: security };

const parameters = {
  AuditRoleName: own.auditRole,
  AuditorRoles: 'trustwatch-*',
  'AWS::StackName': own.stack,
};

/** A record of a call to a part that is called `name`, as EventBridge delivers it. */
function called({ source, names }: OwnPart, path: string, name: unknown, account: string, more: object = {}) {
  const [first = ''] = names;
  const [where = '', key = ''] = path.split('.');
  return {
    source: `aws.${source.split('.')[0]}`,
    'detail-type': 'AWS API Call via CloudTrail',
    account,
    detail: {
      eventID: 'e0000000-0000-4000-8000-000000000001',
      eventSource: source,
      eventName: typeof first === 'string' ? first : `${first.prefix}20150331v2`,
      eventTime: '2026-11-20T10:00:00Z',
      awsRegion: 'eu-west-1',
      requestParameters: null,
      responseElements: null,
      [where]: { [key]: name },
      ...more,
    },
  };
}

type Sent = ReturnType<typeof called>;

const isSent = (patterns: ReturnType<typeof memberOwnPatterns>, sent: Sent) =>
  patterns.some((pattern) => matches(pattern, sent, parameters));

function partOf(sent: Sent) {
  const event = parseChangeEvent(sent);
  if (event instanceof Error) throw event;
  return tamperedPart(event, own);
}

/** How a service names something: by name, ARN or URL, alone or in a list. */
const spellings = (name: string): readonly unknown[] => [
  name,
  `arn:aws:sns:eu-west-1:${security}:${name}`,
  `https://sqs.eu-west-1.amazonaws.com/${security}/${name}`,
  ['something-else', name],
];

const cases = ownParts.flatMap((part) => part.namedAt.map((path) => [part.part, path, part] as const));

describe.each(cases)('the %s that a record names at %s', (_, path, part) => {
  test('is sent by the stack and told as its part, when it is named after the stack', () => {
    for (const name of spellings(`${own.stack}-some-1ABC`)) {
      const sent = called(part, path, name, security);
      expect(isSent(stackOwnPatterns(), sent)).toBe(true);
      expect(partOf(sent)?.part).toBe(part.part);
    }
  });

  test('is sent by every member and told, when it is named after the audit role', () => {
    for (const name of spellings(`${own.auditRole}-some`)) {
      const sent = called(part, path, name, member);
      expect(isSent(memberOwnPatterns(), sent)).toBe(part.everywhere === true);
      expect(partOf(sent)?.part).toBe(part.part);
    }
  });

  test('is nothing to us when it only sounds like ours, is of another account, or the call failed', () => {
    for (const name of ['shop', 'trustwatch-production', 'not-trustwatch-prod-x', 'xtrustwatch-audit'])
      expect(partOf(called(part, path, name, security)) === undefined).toBe(part.anybodys !== true);
    expect(partOf(called(part, path, `${own.stack}-some`, member)) === undefined).toBe(
      part.anybodys !== true,
    );
    const failed = called(part, path, `${own.stack}-some`, security, { errorCode: 'AccessDenied' });
    expect([partOf(failed), isSent(stackOwnPatterns(), failed)]).toEqual([undefined, false]);
  });
});

test('in the security account, the rules of the members hear of the roles of the stack, where IAM writes its events', () => {
  const [role] = ownParts;
  if (role?.part !== 'role') throw new Error('the first part is not the role');
  const sent = called(role, 'requestParameters.roleName', 'trustwatch-prod-on-change', security);
  expect(isSent(memberOwnPatterns(), sent)).toBe(true);
  expect(partOf(sent)).toMatchObject({ part: 'role', name: 'trustwatch-prod-on-change' });
});

test('a trail that stops is told, whosever it is and whether or not the record names it', () => {
  const trail = ownParts.find(({ part }) => part === 'trail') as OwnPart;
  const sent = called(trail, 'requestParameters.name', 'all-events', member);
  expect(isSent(memberOwnPatterns(), sent)).toBe(true);
  expect(partOf(sent)).toEqual({
    place: { partition: 'aws', account: member, region: 'eu-west-1' },
    part: 'trail',
    name: 'all-events',
  });
  expect(partOf(called(trail, 'requestParameters.arn', 'x', member))?.part).toBe('trail');
});

test('each pattern is within the limit of EventBridge, however long the names are', () => {
  for (const pattern of [...memberOwnPatterns(), ...stackOwnPatterns()])
    expect(patternLength(pattern)).toBeLessThanOrEqual(longestPattern);
});
