import { classifyActor } from '../findings/actor.ts';
import { type Alert, type AlertList, isOver } from '../findings/alert.ts';
import type { Brief } from '../findings/brief.ts';
import { isNothing } from '../findings/difference.ts';
import type { Cause, Finding } from '../findings/finding.ts';
import { subjectOf } from '../findings/message.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import type { Transition } from '../findings/record.ts';
import { formatSubject, whereOf } from '../findings/subject.ts';
import { conditionText } from './condition-text.ts';
import { departedText } from './departed-text.ts';
import { policyDiffText } from './policy-diff-text.ts';
import { visible } from './visible.ts';

/** So many findings a list names in chat; the others stand in the report. */
const mostNamed = 15;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Untrusted text as a piece of code in client-markdown: no marks, no links, no mentions. A backtick, which would end
 * the code, becomes an apostrophe; `<`, `>` and `&` are Slack's own marks.
 */
function code(text: string, bound = 200): string {
  const shown = visible(text, bound)
    .replaceAll('`', "'")
    .replaceAll(/[&<>]/g, (mark) => entities[mark] ?? '');
  return shown.trim() === '' ? '` `' : `\`${shown}\``;
}

const line = (name: string, text: string) => `*${name}:* ${text}`;

function findingLines(finding: Finding): readonly string[] {
  if (finding.type === 'tamper') {
    const { account, region } = finding.subject.place;
    return [
      line('Changed', `${finding.part} ${code(finding.name, 300)}`),
      line('Account', `${account}, ${region}`),
    ];
  }
  if (finding.type === 'gap')
    return [
      line('Not read', code(formatSubject(finding.subject))),
      line('Why', code(`${finding.unread.reason}: ${finding.unread.message}`, 300)),
    ];
  const { grant, arn, kind, place } = finding;
  return [
    line('Resource', `${kind} ${code(arn, 300)}`),
    line('Account', `${place.account}, ${place.region}`),
    line('Outsider', code(outsiderName(grant.outsider))),
    line('Actions', code(grant.actions.join(', '), 300)),
    ...grant.conditions.slice(0, 5).map((condition) => line('Condition', code(conditionText(condition)))),
    line('Because', code(grant.because, 600)),
  ];
}

/** What is newly possible, of a finding that something was before. */
function differenceLines({ newlyPossible }: Transition): readonly string[] {
  if (newlyPossible === undefined) return [];
  const { actions, resources, droppedConditions } = newlyPossible;
  if (isNothing(newlyPossible)) return [line('Newly possible', 'nothing that was not possible before')];
  return [
    ...(actions.length > 0 ? [line('Newly possible', code(actions.join(', '), 300))] : []),
    ...(resources.length > 0 ? [line('Newly on', code(resources.join(', '), 300))] : []),
    ...droppedConditions
      .slice(0, 5)
      .map((condition) => line('No longer asked for', code(conditionText(condition)))),
  ];
}

/** The lines of the policy that went and came, as many as one reads in a chat. */
function policyLines(transition: Transition): readonly string[] {
  return policyDiffText(transition, 12, false).flatMap(({ name, lines }) => [
    line('Changed', code(name, 80)),
    ...lines.map((text) => code(text)),
  ]);
}

function causeLines(cause: Cause, unannounced?: true): readonly string[] {
  if (cause.by === 'audit') {
    const first = unannounced ? ', before any event told of it' : '';
    return [line('Seen by', `audit ${code(cause.audit)}${first}`)];
  }
  const { actor, eventName, eventTime, eventId } = cause;
  const from = actor.sourceAddress === undefined ? '' : ` from ${code(actor.sourceAddress, 60)}`;
  const { tool, madeBy } = classifyActor(actor);
  return [
    line('Changed by', `${code(actor.principal)}${from}`),
    line('Made by', `${madeBy}, ${tool}`),
    line('Change', `${code(eventName, 80)} at ${code(eventTime, 40)}, event ${code(eventId, 60)}`),
  ];
}

const statusWords = { new: 'New', changed: 'Changed', expected: 'Expected', resolved: 'Resolved' } as const;

const nextSteps: Readonly<Record<Finding['type'], readonly string[]>> = {
  access: [
    'Ask whoever changed it whether the outsider is wanted.',
    'If not, take the statement out; trustwatch tells when it is resolved.',
    'If so, write it into trust.yml, with an owner and an end.',
  ],
  gap: ['Let the audit role read it, or say why it cannot.'],
  tamper: [
    'Ask whoever did it why; what they did since may not have been seen.',
    'If it was not wanted, deploy trustwatch again, and audit.',
    'If such changes are wanted, write who makes them into trust.yml, as a deployer.',
  ],
};

/** A message as Amazon Q Developer in chat applications takes it. https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
interface ChatMessage {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** Messages of one thread stand below one another: all that is told of one finding. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources?: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** Titles are shown as they are: what a mark could be made of is taken out. */
const plain = (text: string) => visible(text, 250).replaceAll(/[`*_~<>&[\]()|]/g, ' ');

function oneMessage(transition: Transition): ChatMessage {
  const { id, status, finding, cause, unannounced, departed } = transition;
  const { severity, title } = finding;
  return {
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: `${statusWords[status]}, ${severity}: ${plain(title)}`,
      description: [
        ...findingLines(finding),
        ...differenceLines(transition),
        ...(departed ? [line('Resolved because', departedText)] : []),
        ...causeLines(cause, unannounced),
        ...policyLines(transition),
      ].join('\n'),
      ...(isOver(status) ? {} : { nextSteps: nextSteps[finding.type] }),
      keywords: ['trustwatch', severity, status],
    },
    metadata: {
      threadId: finding.id,
      summary: plain(title),
      eventType: `trustwatch-${finding.type}-${status}`,
      ...(finding.type === 'access' && { relatedResources: [visible(finding.arn, 512)] }),
      additionalContext: { finding: finding.id, severity, ...whereOf(subjectOf(finding)) },
    },
  };
}

const briefLine = ({ severity, status, title, departed }: Brief) =>
  `- ${severity}, ${status}: ${code(title, 160)}${departed ? ` (${departedText})` : ''}`;

function listMessage({ id, pile, title, severity, findings, cause }: AlertList): ChatMessage {
  const left = findings.length - mostNamed;
  const lines = [
    ...(cause === undefined ? [] : causeLines(cause)),
    ...findings.slice(0, mostNamed).map(briefLine),
    ...(left > 0 ? [`and ${left} more, in the report`] : []),
  ];
  return {
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: plain(title),
      description: lines.join('\n'),
      keywords: ['trustwatch', severity, pile],
    },
    metadata: {
      threadId: id,
      summary: plain(title),
      eventType: `trustwatch-${pile}`,
      additionalContext: { severity, findings: String(findings.length) },
    },
  };
}

/** What a chat shows of an alert: JSON of a few kilobytes, every text from an account escaped and bounded. */
export function chatMessage(alert: Alert): string {
  return JSON.stringify(alert.type === 'one' ? oneMessage(alert.transition) : listMessage(alert.list));
}
