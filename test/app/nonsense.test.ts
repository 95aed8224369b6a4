import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../shared/app/ports.ts';
import { assumedSessions } from '../../shared/aws/sessions.ts';
import type { Place } from '../../shared/iam/place.ts';
import type { Kind, OpenClient, Opening } from '../../shared/kinds/kind.ts';
import { outcomeOf } from '../../shared/kinds/outcome.ts';
import { collect } from '../../shared/kinds/pages.ts';
import { account, replaying } from '../kinds/recorded.ts';
import { sessionOn, sweep, table } from './recorded-sweep.ts';

/** What comes in place of an answer, each by the type that it calls itself. */
const nonsense: Readonly<Record<string, readonly [type: string, body: string]>> = {
  'a web page': ['text/html', '<!DOCTYPE html><html><body><h1>Maintenance</h1><br></body></html>'],
  'a web page that calls itself XML': ['text/xml', '<html><body><h1>Sorry</h1></body></html>'],
  'a web page that calls itself JSON': ['application/json', '<html><body><h1>Sorry</h1></body></html>'],
  'a page of JSON cut off': ['application/json', '{"Items":[{"Arn":"arn:aws:sqs:eu-'],
  'a page of XML cut off': [
    'text/xml',
    '<?xml version="1.0"?><ListResponse><ListResult><Items><member><Arn>arn',
  ],
  'nothing at all': ['application/json', ''],
  'bytes of no sort': ['application/octet-stream', '\u0000\u0001\ufffd'],
};

/** A session whose every request gets this answer, on the way that a sweep goes: real clients, real sessions. */
async function answering([type, body]: readonly [string, string]): Promise<Session> {
  const requestHandler = {
    metadata: { handlerProtocol: 'http/1.1' as const },
    handle: async () => ({
      response: {
        statusCode: 200,
        headers: { 'content-type': type },
        body: Readable.from([Buffer.from(body)]),
      },
    }),
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => {},
  };
  const sessions = assumedSessions({
    region: 'eu-west-1',
    roleName: 'trustwatch-audit',
    sessionName: 'test',
    calls: { retryMode: 'standard', maxAttempts: 1, requestHandler: requestHandler as never },
    credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'x' }),
    withoutRole: account,
  });
  const session = await sessions.assume(account);
  if ('reason' in session) throw new Error(session.message);
  return session;
}

/** Opens the same clients, and tells what they are asked. */
const counting =
  (open: OpenClient, asked: string[]): OpenClient =>
  (client, overrides) => {
    const opened = open(client, overrides);
    const middleware =
      (next: (args: unknown) => unknown, context: { commandName?: string }) => (args: unknown) => {
        asked.push(context.commandName ?? '');
        return next(args);
      };
    opened.middlewareStack.add(middleware as never, { step: 'initialize', name: 'count', priority: 'high' });
    return opened;
  };

describe.each(Object.entries(nonsense))('%s', (_, answer) => {
  test.each(table)('is no list of %s', async (_id, folder, kind, place) => {
    const { open, asked } = replaying(folder, place);
    await collect(kind.list(await kind.connect(open, place), place));
    const { coverage } = await sweep(kind, place, await answering(answer));
    // What there is once in every place is listed without a question.
    const [outcome, unread] = asked.length > 0 ? ['unread', 0] : ['listed', 1];
    expect(coverage).toMatchObject({ outcome, unreadResources: unread, present: 0, absent: 0 });
  });

  test.each(table)('is no policy of %s', async (_id, folder, kind, place) => {
    const session = await answering(answer);
    const items = await collect(kind.list(await kind.connect(replaying(folder, place).open, place), place));
    for (const item of items) {
      const asked: string[] = [];
      const connection = await kind.connect(counting(session.open(place.region), asked), place);
      const text = await kind.policy(connection, item, place).then(textOf, (error) => outcomeOf(kind, error));
      // Where the policy is the whole answer, as a bucket's is, it fails when it is judged.
      if (asked.length > 0 && text !== answer[1])
        expect(text, item.arn).toMatchObject({ reason: expect.any(String) });
    }
  });
});

const textOf = (opening: Opening | undefined) => opening?.policies.map(({ text }) => text).join();

/** Sweeps the recorded answers, once as they are and once with the first present resource as `spoil` makes it. */
async function spoilt(folder: string, kind: Kind, place: Place, spoil: (kind: Kind, victim: string) => Kind) {
  const run = (swept: Kind) => sweep(swept, place, sessionOn(replaying(folder, place).open));
  const whole = await run(kind);
  const [victim = ''] = [...whole.sights].find(([, { state }]) => state === 'present') ?? [];
  return { victim, whole, after: await run(spoil(kind, victim)) };
}

test.each(table)(
  'a policy that is no JSON is one unread %s, and the others are as before',
  async (_id, ...of) => {
    const broken = (opening: Opening | undefined): Opening | undefined =>
      opening && { ...opening, policies: opening.policies.map(({ name }) => ({ name, text: '<html>' })) };
    const { victim, whole, after } = await spoilt(...of, (kind, arn) => ({
      ...kind,
      policy: async (connection, item, place) => {
        const opening = await kind.policy(connection, item, place);
        return item.arn === arn ? broken(opening) : opening;
      },
    }));
    expect(after.sights.get(victim)).toMatchObject({ state: 'unread', unread: { reason: 'malformed' } });
    expect(without(after.sights, victim)).toEqual(without(whole.sights, victim));
  },
);

test.each(table)('what is no ARN is one unread %s, and the others are as before', async (_id, ...of) => {
  const nameless = 'no ARN at all';
  const { victim, whole, after } = await spoilt(...of, (kind, arn) => ({
    ...kind,
    async *list(connection, place) {
      for await (const item of kind.list(connection, place))
        yield item.arn === arn ? { ...item, arn: `${nameless}\u0007` } : item;
    },
  }));
  const shown = `${nameless}\ufffd`;
  const message = `the service lists \`${shown}\`, which is no ARN`;
  expect(after.sights.get(shown)).toEqual({ state: 'unread', unread: { reason: 'malformed', message } });
  expect(without(after.sights, shown)).toEqual(without(whole.sights, victim));
});

const without = (sights: ReadonlyMap<string, unknown>, arn: string) =>
  Object.fromEntries([...sights].filter(([each]) => each !== arn));
