import type { AccountId } from '../iam/arn.ts';
import { formatPlace } from '../iam/place.ts';
import type { Subject } from './finding.ts';

/** Where a subject's record stands in a store: the partition is what one query reads. */
export interface SubjectKey {
  /** `ACCOUNT/REGION`, `ACCOUNT`, or `configuration`. */
  readonly partition: string;
  /** Empty, `KIND#`, `KIND#ARN`, or `tampering#EVENT`: `KIND#` begins the keys of a kind's own record and of its resources. */
  readonly sort: string;
}

/** The key of a subject's one record. */
export function subjectKey(subject: Subject): SubjectKey {
  switch (subject.type) {
    case 'resource':
      return { partition: formatPlace(subject.place), sort: `${subject.kind}#${subject.arn}` };
    case 'kind':
      return { partition: formatPlace(subject.place), sort: `${subject.kind}#` };
    case 'place':
      return { partition: formatPlace(subject.place), sort: '' };
    case 'account':
      return { partition: subject.account, sort: '' };
    case 'configuration':
      return { partition: 'configuration', sort: '' };
    case 'tampering':
      return { partition: formatPlace(subject.place), sort: `tampering#${subject.eventId}` };
    default:
      return subject satisfies never;
  }
}

/** A subject in words, for titles and log lines: `sqs:queue in 111122223333/eu-west-1`. */
export function formatSubject(subject: Subject): string {
  switch (subject.type) {
    case 'resource':
      return `${subject.kind} ${subject.arn}`;
    case 'kind':
      return `${subject.kind} in ${formatPlace(subject.place)}`;
    case 'place':
      return formatPlace(subject.place);
    case 'account':
      return `account ${subject.account}`;
    case 'configuration':
      return 'the configuration';
    case 'tampering':
      return `trustwatch itself in ${formatPlace(subject.place)}`;
    default:
      return subject satisfies never;
  }
}

/** Which account, region and kind a subject is of, as far as it is of one. */
export interface Where {
  readonly account?: AccountId;
  readonly region?: string;
  readonly kind?: string;
}

/** Where a subject is. */
export function whereOf(subject: Subject): Where {
  switch (subject.type) {
    case 'resource':
    case 'kind':
      return { account: subject.place.account, region: subject.place.region, kind: subject.kind };
    case 'place':
    case 'tampering':
      return { account: subject.place.account, region: subject.place.region };
    case 'account':
      return { account: subject.account };
    case 'configuration':
      return {};
    default:
      return subject satisfies never;
  }
}
