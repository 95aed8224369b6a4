import type { Subject } from '../findings/finding.ts';

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
