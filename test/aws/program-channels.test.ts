import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { hubChannel } from '../../shared/app/channels.ts';
import { callSettings } from '../../shared/aws/client-settings.ts';
import { eventBus } from '../../shared/aws/event-bus.ts';
import { securityHub } from '../../shared/aws/security-hub.ts';
import { PartlyTold } from '../../shared/errors.ts';
import type { SubjectRecord } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { bucket, grant, presentLook, role } from '../findings/samples.ts';

/** Settings of a service that answers so, one answer after the other. */
function answering(...answers: readonly object[]) {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
  const calls = { ...callSettings(), maxAttempts: 1 };
  const left = [...answers];
  const handle: typeof calls.requestHandler.handle = async () => {
    const answer = left.shift();
    if (answer === undefined) throw new Error('the wire is cut');
    const body = Readable.from([Buffer.from(JSON.stringify(answer))]);
    return { response: { statusCode: 200, headers: {}, body } };
  };
  const requestHandler = { ...calls.requestHandler, handle };
  return { region: 'eu-west-1', calls: { ...calls, requestHandler } };
}

const event = (kilobytes = 1) => ({ detailType: 'x', detail: 'x'.repeat(kilobytes * 1024), at: new Date(0) });
const took = { EventId: '1' };
const refused = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };

const taken = async (telling: Promise<void>) => {
  const error = await telling.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof PartlyTold ? [...error.taken] : error;
};

test('which events the bus took of one request, or of those before one that failed, is known', async () => {
  const partly = eventBus(answering({ FailedEntryCount: 1, Entries: [took, refused, took] }));
  expect(await taken(partly([event(), event(), event()]))).toEqual([0, 2]);
  const cut = eventBus(answering({ FailedEntryCount: 0, Entries: [took] }));
  expect(await taken(cut([event(240), event(240)]))).toEqual([0]);
  const first = { FailedEntryCount: 0, Entries: [took] };
  const later = eventBus(answering(first, { FailedEntryCount: 1, Entries: [refused, took] }));
  expect(await taken(later([event(240), event(240), event()]))).toEqual([0, 2]);
  const whole = eventBus(answering({ FailedEntryCount: 0, Entries: [took] }));
  expect(await taken(whole([event()]))).toBeUndefined();
  expect(await taken(eventBus(answering())([event()]))).toBeInstanceOf(Error);
});

const open = settle(undefined, presentLook(bucket, 1, [grant()])) as SubjectRecord;
const closed = settle(open, presentLook(bucket, 2, [])) as SubjectRecord;
const other = settle(undefined, presentLook(role, 1, [grant()])) as SubjectRecord;
const all = [...transitions(undefined, open), ...transitions(undefined, other), ...transitions(open, closed)];
const reporter = { partition: 'aws', region: 'eu-west-1', account: '999999999999' };

test('which findings Security Hub took is known, all transitions of one together', async () => {
  const FailedFindings = [
    { Id: `trustwatch/${all[1]?.finding.id}`, ErrorCode: 'InvalidInput', ErrorMessage: 'no' },
  ];
  const hub = (answer: object) => hubChannel(reporter, securityHub(answering(answer)));
  expect(await taken(hub({ FailedCount: 1, SuccessCount: 1, FailedFindings }).send(all))).toEqual([0, 2]);
  expect(await taken(hub({ FailedCount: 2, SuccessCount: 0, FailedFindings }).send(all))).toEqual([]);
  expect(await taken(hub({ FailedCount: 0, SuccessCount: 2 }).send(all))).toBeUndefined();
});
