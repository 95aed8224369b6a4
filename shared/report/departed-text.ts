/** Why a finding of an account that has left is resolved. */
export const departedText = 'its account is not of the organization any more; nobody has looked';
