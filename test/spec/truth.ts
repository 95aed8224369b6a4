/**
 * Three values, because the documentation leaves some questions open. A rule that AWS does not settle answers
 * `unsure`; at the end an Allow takes it for yes and a Deny for no, so that no way in is missed.
 */
export type Truth = 'yes' | 'no' | 'unsure';

export const truth = (claim: boolean): Truth => (claim ? 'yes' : 'no');

export function not(value: Truth): Truth {
  if (value === 'unsure') return 'unsure';
  return value === 'yes' ? 'no' : 'yes';
}

export function all(values: readonly Truth[]): Truth {
  if (values.includes('no')) return 'no';
  return values.includes('unsure') ? 'unsure' : 'yes';
}

export function any(values: readonly Truth[]): Truth {
  if (values.includes('yes')) return 'yes';
  return values.includes('unsure') ? 'unsure' : 'no';
}
