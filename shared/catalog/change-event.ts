import * as z from 'zod/mini';
import { InputError } from '../errors.ts';

const text = z.string().check(z.minLength(1), z.maxLength(4096));
/** A region's name goes into host names: nothing else may look like one. */
export const regionForm = /^[a-z]{2,4}(-[a-z0-9]+){2,4}$/;

const isDate = (written: string) => Number.isFinite(Date.parse(written));

const parameters = z.nullish(z.record(z.string(), z.unknown()));

/** The parts of a CloudTrail record that trustwatch reads. */
const recordShape = z.object({
  eventID: text,
  eventSource: text,
  eventName: text,
  eventTime: text.check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/), z.refine(isDate)),
  awsRegion: text.check(z.regex(regionForm)),
  recipientAccountId: z.optional(text.check(z.regex(/^\d{12}$/))),
  errorCode: z.nullish(z.string()),
  requestParameters: parameters,
  responseElements: parameters,
  serviceEventDetails: parameters,
  sourceIPAddress: z.nullish(z.string()),
  userAgent: z.nullish(z.string()),
  userIdentity: z.nullish(
    z.object({
      type: z.nullish(z.string()),
      arn: z.nullish(z.string()),
      principalId: z.nullish(z.string()),
      accountId: z.nullish(z.string()),
      invokedBy: z.nullish(z.string()),
    }),
  ),
});

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const eventShape = z.object({ account: text.check(z.regex(/^\d{12}$/)), detail: recordShape });

/** A CloudTrail record as EventBridge delivers it. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export type ChangeEvent = z.infer<typeof eventShape>;

/** What findings say of the change that made us look. */
export interface ChangeCause {
  readonly by: 'change';
  readonly eventId: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly actor: {
    readonly principal: string;
    readonly sourceAddress?: string;
    readonly userAgent?: string;
  };
}

/** The event, or what is wrong with it. */
export function parseChangeEvent(event: unknown): ChangeEvent | InputError {
  const { success, data, error } = eventShape.safeParse(event);
  if (success) return data;
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') || 'the event';
  return new InputError(
    `change event ${idOf(event)}`,
    `\`${path}\` is ${issue?.code === 'invalid_type' ? 'missing or of the wrong type' : 'not well formed'}`,
    'send CloudTrail records as EventBridge delivers them',
  );
}

/** The event's own id, for messages, when it has one that can be shown. */
function idOf(event: unknown): string {
  const { id, detail } = (event ?? {}) as { id?: unknown; detail?: { eventID?: unknown } | null };
  const found = [detail?.eventID, id].find((each) => typeof each === 'string' && /^[\w-]{1,64}$/.test(each));
  return typeof found === 'string' ? `\`${found}\`` : 'without an id';
}

const longestActorText = 512;
const bounded = (value: string) => value.slice(0, longestActorText);

/** Who made the change, from where, and when. Untrusted text of bounded length. */
export function causeOf({ detail }: ChangeEvent): ChangeCause {
  const { userIdentity: identity, sourceIPAddress: sourceAddress, userAgent } = detail;
  const principal = identity?.arn || identity?.invokedBy || identity?.principalId || identity?.accountId;
  return {
    by: 'change',
    eventId: bounded(detail.eventID),
    eventName: bounded(detail.eventName),
    eventTime: detail.eventTime,
    actor: {
      principal: bounded(principal || identity?.type || 'unknown'),
      ...(sourceAddress ? { sourceAddress: bounded(sourceAddress) } : {}),
      ...(userAgent ? { userAgent: bounded(userAgent) } : {}),
    },
  };
}
