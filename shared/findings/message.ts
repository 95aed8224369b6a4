import { classifyActor } from './actor.ts';
import type { Cause, Finding, Subject } from './finding.ts';
import { oneLine } from './one-line.ts';
import type { Transition } from './record.ts';
import { whereOf } from './subject.ts';

/** The name and version of the message's form (findings/message-schema.ts): a change that breaks a reader counts it up. */
export const messageSchema = 'trustwatch.finding/1';

/** SNS takes 256 KiB of body and attributes by default. https://docs.aws.amazon.com/general/latest/gr/sns.html */
export const maxBodyBytes = 240 * 1024;

/** One message: its subject, its JSON body, and the attributes that filter policies select by. */
export interface Message {
  readonly subject: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}

/** What a finding is about. */
export const subjectOf = (finding: Finding): Subject =>
  finding.type === 'access'
    ? { type: 'resource', place: finding.place, kind: finding.kind, arn: finding.arn }
    : finding.subject;

/** What a finding was before it changed. */
function briefly(finding: Finding) {
  const { severity } = finding;
  if (finding.type === 'access') return { severity, grant: finding.grant };
  return finding.type === 'gap' ? { severity, unread: finding.unread } : { severity };
}

/** Who made a change, and what the record shows of how. */
const tellingCause = (cause: Cause) =>
  cause.by === 'audit' ? cause : { ...cause, actor: { ...cause.actor, ...classifyActor(cause.actor) } };

/** What the body says, whole. */
function content(transition: Transition) {
  const { id, status, finding, before, newlyPossible, policies, unannounced, departed } = transition;
  const subject = subjectOf(finding);
  return {
    schema: messageSchema,
    id,
    status,
    type: finding.type,
    findingId: finding.id,
    severity: finding.severity,
    title: finding.title,
    ...whereOf(subject),
    resource: subject.type === 'resource' ? subject.arn : undefined,
    grant: finding.type === 'access' ? finding.grant : undefined,
    vendor: finding.type === 'access' ? finding.vendor : undefined,
    former: finding.type === 'access' ? finding.former : undefined,
    boundary: finding.type === 'access' ? finding.boundary : undefined,
    power: finding.type === 'access' ? finding.power : undefined,
    expectation: finding.type === 'access' ? finding.expectation : undefined,
    ended: finding.type === 'access' ? finding.ended : undefined,
    unread: finding.type === 'gap' ? finding.unread : undefined,
    tampered: finding.type === 'tamper' ? { part: finding.part, name: finding.name } : undefined,
    before: before && briefly(before),
    newlyPossible,
    policies,
    unannounced,
    departed,
    firstSeen: transition.firstSeen,
    at: transition.at,
    cause: tellingCause(transition.cause),
    shortened: undefined as readonly string[] | undefined,
  };
}

type Content = ReturnType<typeof content>;

const isTooLong = (message: Content) => Buffer.byteLength(JSON.stringify(message)) > maxBodyBytes;

/** A part of a message with its lists and texts cut to what one reads in an alert. */
function short<T>(part: T): T {
  if (typeof part === 'string') return oneLine(part, 300) as T;
  if (Array.isArray(part)) return part.slice(0, 10).map(short) as T;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, short(value)])) as T;
}

/** A grant so short that it is no witness's request any more: of that, the context is left out. */
const shortGrant = (grant: NonNullable<Content['grant']>): NonNullable<Content['grant']> => ({
  ...short({ ...grant, witness: { ...grant.witness, context: {} } }),
  because: oneLine(grant.because, 2000),
});

/** What is left out of a message that is too large, first the first. */
const shortenings: Readonly<Record<string, (message: Content) => object>> = {
  policies: () => ({ policies: undefined }),
  before: () => ({ before: undefined, newlyPossible: undefined }),
  grant: ({ grant }) => ({ grant: grant && shortGrant(grant) }),
  resource: (message) => short(message),
};

/** The content in at most the size of a message; `shortened` names the parts that are whole only in table and report. */
function fitting(message: Content): Content {
  let fitted = message;
  for (const [part, shorten] of Object.entries(shortenings)) {
    if (!isTooLong(fitted)) break;
    const isThere = fitted[part as keyof Content] !== undefined;
    const shortened = [...(fitted.shortened ?? []), ...(isThere ? [part] : [])];
    fitted = { ...fitted, ...shorten(fitted), shortened };
  }
  return fitted;
}

const statusWords: Readonly<Record<Transition['status'], string>> = {
  new: 'New',
  changed: 'Changed',
  expected: 'Expected',
  resolved: 'Resolved',
};

/**
 * A subject as SNS takes it: printable ASCII of less than 100 characters.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function subjectLine(text: string): string {
  const line = text.replace(/[^ -~]/g, '?');
  return line.length > 99 ? `${line.slice(0, 96)}...` : line;
}

/** What filter policies select by. SNS refuses empty values, so what a subject has not is left out. */
function attributesOf({ status, finding, cause }: Transition): Readonly<Record<string, string>> {
  const subject = subjectOf(finding);
  return {
    status,
    severity: finding.severity,
    type: finding.type,
    ...whereOf(subject),
    ...(finding.type === 'access' && { outsiderType: finding.grant.outsider.type }),
    ...(finding.type === 'access' &&
      finding.boundary !== undefined && { boundary: oneLine(finding.boundary, 200) }),
    source: cause.by,
  };
}

/**
 * The message that tells one transition. The body is JSON of the schema `trustwatch.finding/1`; hostile text in
 * it is data, to be escaped by whoever shows it; the subject is safe to show.
 */
export function findingMessage(transition: Transition): Message {
  const { status, finding } = transition;
  return {
    subject: subjectLine(`[${finding.severity}] ${statusWords[status]}: ${finding.title}`),
    body: JSON.stringify(fitting(content(transition))),
    attributes: attributesOf(transition),
  };
}
