import { PartlyTold } from '../errors.ts';
import type { Alert } from '../findings/alert.ts';
import { listMessage } from '../findings/list-message.ts';
import { findingMessage, type Message } from '../findings/message.ts';
import type { Transition } from '../findings/record.ts';
import { type AsffFinding, type AsffReporter, asffFinding } from '../report/asff.ts';
import { chatMessage } from '../report/chat.ts';
import type { PeopleChannel, ProgramChannel } from './alert-ports.ts';

/** A topic, of whatever service. */
export interface Topic {
  send(message: Message): Promise<void>;
}

/** One event for a bus. */
export interface BusEvent {
  readonly detailType: string;
  /** JSON. */
  readonly detail: string;
  readonly at: Date;
}

/** The name under which our events stand on the bus: no rule of trustwatch's own matches it. */
export const eventSource = 'trustwatch';

/** What the detail of our events is: the body of a message. */
export const eventDetailType = 'trustwatch Finding';

const messageOf = (alert: Alert): Message =>
  alert.type === 'one' ? findingMessage(alert.transition) : listMessage(alert.list);

/** The topic of findings: JSON bodies, and attributes to filter by. */
export function topicChannel(topic: Topic): PeopleChannel {
  return { audience: 'people', name: 'topic', send: (alert) => topic.send(messageOf(alert)) };
}

/** The topic of Amazon Q Developer in chat applications, for Slack and Teams. */
export function chatChannel(topic: Topic): PeopleChannel {
  return {
    audience: 'people',
    name: 'chat',
    send: (alert) => topic.send({ ...messageOf(alert), body: chatMessage(alert) }),
  };
}

/** An event for each transition, its detail the body of its message. */
export function busChannel(put: (events: readonly BusEvent[]) => Promise<void>): ProgramChannel {
  const eventOf = (transition: Transition): BusEvent => ({
    detailType: eventDetailType,
    detail: findingMessage(transition).body,
    at: new Date(transition.at),
  });
  return {
    audience: 'programs',
    name: 'event-bus',
    atATime: 10,
    send: (transitions) => put(transitions.map(eventOf)),
  };
}

/** Security Hub: one finding for each of ours, archived when it is resolved. */
export function hubChannel(
  reporter: AsffReporter,
  take: (findings: readonly AsffFinding[]) => Promise<void>,
): ProgramChannel {
  return {
    audience: 'programs',
    name: 'security-hub',
    atATime: 100,
    async send(transitions) {
      // Of one finding only the latest state: Security Hub knows no order within a request.
      const latest = new Map(transitions.map((transition) => [transition.finding.id, transition]));
      const findings = [...latest.keys()];
      await take([...latest.values()].map((each) => asffFinding(reporter, each))).catch((error: unknown) => {
        if (!(error instanceof PartlyTold)) throw error;
        const isTaken = ({ finding }: Transition) => error.taken.has(findings.indexOf(finding.id));
        const taken = transitions.flatMap((each, place) => (isTaken(each) ? [place] : []));
        throw new PartlyTold(new Set(taken), error.message);
      });
    },
  };
}
