/** Keys that say something of each other, in lower case. */
export const tagPrefix = 'aws:requesttag/';
export const tagKeys = 'aws:tagkeys';
export const viaService = 'aws:viaawsservice';
export const chain: readonly string[] = ['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast'];
export const assumedRoot = 'aws:assumedroot';

/** Whether a key is one of them. */
export const isOfPair = (key: string): boolean =>
  key.startsWith(tagPrefix) || [tagKeys, viaService, assumedRoot, ...chain].includes(key);
