import type { Cause, Finding } from '../findings/finding.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import type { Transition } from '../findings/record.ts';
import { formatSubject, whereOf } from '../findings/subject.ts';
import { conditionText } from './condition-text.ts';
import { expectationText } from './expectation-text.ts';
import { visible } from './visible.ts';

const line = (name: string, text: string) => `  ${name.padEnd(11)}${visible(text, 1000)}`;

function findingLines(finding: Finding): readonly string[] {
  if (finding.type === 'gap') {
    const { account = '', region = '' } = whereOf(finding.subject);
    return [
      line('not read', formatSubject(finding.subject)),
      line('where', `${account} ${region}`.trim()),
      line('why', `${finding.unread.reason}: ${finding.unread.message}`),
    ];
  }
  const { grant, place } = finding;
  const wanted = expectationText(finding);
  return [
    line('resource', finding.arn),
    line('where', `${place.account} ${place.region}`),
    line('outsider', outsiderName(grant.outsider)),
    line('actions', grant.actions.join(', ')),
    ...grant.conditions.map((condition) => line('condition', conditionText(condition))),
    line('because', grant.because),
    ...(wanted === undefined ? [] : [line('trust.yml', wanted)]),
  ];
}

function causeLines(cause: Cause): readonly string[] {
  if (cause.by === 'audit') return [line('seen by', `audit ${cause.audit}`)];
  const { actor, eventName, eventTime } = cause;
  const from = actor.sourceAddress === undefined ? '' : ` from ${actor.sourceAddress}`;
  return [line('changed by', `${actor.principal}${from}`), line('change', `${eventName} at ${eventTime}`)];
}

/** One alert for a person to read: what is new, has changed, is resolved or wanted, and who did it. */
export function alertText({ status, finding, cause, firstSeen }: Transition): string {
  return [
    `${status.toUpperCase()} ${finding.severity}: ${visible(finding.title, 300)}`,
    ...findingLines(finding),
    ...causeLines(cause),
    line('first seen', firstSeen),
  ].join('\n');
}
