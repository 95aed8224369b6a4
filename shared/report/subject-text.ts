import type { Subject } from '../findings/finding.ts';
import { formatPlace } from '../iam/place.ts';

/** Which account and region a subject is of; both empty for the configuration. */
export function whereOf(subject: Subject): { readonly account: string; readonly region: string } {
  switch (subject.type) {
    case 'resource':
    case 'kind':
    case 'place':
      return subject.place;
    case 'account':
      return { account: subject.account, region: '' };
    case 'configuration':
      return { account: '', region: '' };
    default:
      return subject satisfies never;
  }
}

/** What could not be read, in a few words. Untrusted text. */
export function subjectText(subject: Subject): string {
  switch (subject.type) {
    case 'resource':
      return subject.arn;
    case 'kind':
      return `every ${subject.kind}`;
    case 'place':
      return `everything in ${formatPlace(subject.place)}`;
    case 'account':
      return `account ${subject.account}`;
    case 'configuration':
      return 'the configuration';
    default:
      return subject satisfies never;
  }
}
