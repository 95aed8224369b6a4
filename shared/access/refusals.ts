import { isOfForm } from './aws-keys.ts';
import type { Caller, Membership, PrincipalForm } from './caller.ts';
import { membershipKeys } from './organization-path.ts';

/** Why a caller was refused, as far as it was for the membership or the form of the principal. */
interface Refused {
  readonly membership: Membership | 'any' | undefined;
  readonly form: PrincipalForm | 'all' | undefined;
}

/** Those of callers that differ from one another in their membership and the form of the principal alone. */
export type Refusals = Refused[];

const formOf = (caller: Caller) => ('form' in caller ? caller.form : undefined);
const membershipOf = (caller: Caller) => ('membership' in caller ? caller.membership : undefined);

/** Takes note of the keys for which a caller was refused. */
export function note(refusals: Refusals, caller: Caller, keys: ReadonlySet<string>): void {
  let membership: Refused['membership'] = 'any';
  let form: Refused['form'] = 'all';
  for (const key of keys) {
    if (membershipKeys.has(key)) membership = membershipOf(caller);
    if (isOfForm(key)) form = formOf(caller);
  }
  refusals.push({ membership, form });
}

/** Whether a caller is refused for the same as one before: what there was against it holds of this one too. */
export function isRefusedAlike(refusals: Refusals, caller: Caller): boolean {
  for (const { membership, form } of refusals)
    if (
      (membership === 'any' || membership === membershipOf(caller)) &&
      (form === 'all' || form === formOf(caller))
    )
      return true;
  return false;
}
