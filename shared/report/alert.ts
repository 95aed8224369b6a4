import { classifyActor } from '../findings/actor.ts';
import { isNothing } from '../findings/difference.ts';
import type { Finding } from '../findings/finding.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import type { Transition } from '../findings/record.ts';
import { formatSubject, whereOf } from '../findings/subject.ts';
import { conditionText } from './condition-text.ts';
import { departedText } from './departed-text.ts';
import { expectationText } from './expectation-text.ts';
import { policyDiffText } from './policy-diff-text.ts';
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
  if (finding.type === 'tamper') {
    const { part, name, subject, deployer } = finding;
    return [
      line('changed', `${part} ${name}`),
      line('where', `${subject.place.account} ${subject.place.region}`),
      ...(deployer === undefined ? [] : [line('trust.yml', `expected of ${deployer.name}`)]),
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

/** What is newly possible, of a finding that something was before. */
function differenceLines({ newlyPossible }: Transition): readonly string[] {
  if (newlyPossible === undefined) return [];
  const { actions, resources, droppedConditions } = newlyPossible;
  if (isNothing(newlyPossible)) return [line('newly', 'nothing that was not possible before')];
  return [
    ...(actions.length > 0 ? [line('newly', actions.join(', '))] : []),
    ...(resources.length > 0 ? [line('newly on', resources.join(', '))] : []),
    ...droppedConditions.map((condition) => line('no longer', conditionText(condition))),
  ];
}

/** The policy before and after, of a change. */
function policyLines(transition: Transition): readonly string[] {
  return policyDiffText(transition, 40, true).flatMap(({ name, lines }) => [
    line('changed', name),
    ...lines.map((text) => `  ${text}`),
  ]);
}

function causeLines({ cause, unannounced }: Transition): readonly string[] {
  if (cause.by === 'audit') {
    const first = unannounced ? ', before any event told of it' : '';
    return [line('seen by', `audit ${cause.audit}${first}`)];
  }
  const { actor, eventName, eventTime, eventId } = cause;
  const from = actor.sourceAddress === undefined ? '' : ` from ${actor.sourceAddress}`;
  const { tool, madeBy } = classifyActor(actor);
  const how = [madeBy === 'unknown' ? '' : `a ${madeBy}`, tool === 'unknown' ? '' : `with ${tool}`];
  return [
    line('changed by', `${actor.principal}${from}`),
    ...(how.join('') === '' ? [] : [line('made by', how.join(' ').trim())]),
    line('change', `${eventName} at ${eventTime}, event ${eventId}`),
  ];
}

/** One alert for a person to read: what is new, has changed, is resolved or wanted, and who did it. */
export function alertText(transition: Transition): string {
  const { status, finding, departed, firstSeen } = transition;
  return [
    `${status.toUpperCase()} ${finding.severity}: ${visible(finding.title, 300)}`,
    ...findingLines(finding),
    ...differenceLines(transition),
    ...(departed ? [line('resolved', departedText)] : []),
    ...causeLines(transition),
    line('first seen', firstSeen),
    ...policyLines(transition),
  ].join('\n');
}
