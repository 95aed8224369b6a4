import type { UnreadCounts } from '../findings/coverage.ts';

/** `2 denied, 1 throttled` */
export const unreadText = (counts: UnreadCounts): string =>
  Object.entries(counts)
    .map(([reason, count]) => `${count.toLocaleString('en-US')} ${reason}`)
    .join(', ');
