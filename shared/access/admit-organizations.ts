import { none } from '../iam/none.ts';
import { isHopeless } from './budget.ts';
import type { Caller } from './caller.ts';
import { firstOf, forms } from './distinct-callers.ts';
import { membershipIn } from './membership.ts';
import { type Part, partsOf, widest } from './organization-parts.ts';
import { outsidePaths } from './outside-goals.ts';
import { namesOfOwn, ownMentions } from './own-mentions.ts';
import { type Admission, admit, type Question } from './question.ts';
import type { Refusals } from './refusals.ts';
import { questionWithin } from './region.ts';
import { organizationsLike, strangers } from './representatives.ts';

const pathKey = 'aws:principalorgpaths';

/** The keys that say which organization a caller's account is of. */
export const organizationKeys = ['aws:principalorgid', pathKey] as const;

/** Members of any organization, or of those and those parts of them that the policies name. */
export function admitOrganizations(question: Question): readonly Admission[] {
  if (!namesOfOwn(question, organizationKeys)) return none;
  const side = ownMentions(question).caller;
  const accounts = [...strangers(question, 'caller')];
  const outside = outsidePaths(question.zone, pathKey);
  const tryPart = ({ label, ids, region, goals }: Part) => {
    const asked = isHopeless(question.budget) ? undefined : questionWithin(question, region, outside);
    if (asked === undefined) return undefined;
    const outsider = { type: 'organization', organization: label } as const;
    const more = goals();
    return firstOf(organizationsLike(question, side, ids), (organization) => {
      const membership = membershipIn(question, question.mentions.caller, organization, region.like);
      if (membership.roots.length === 0) return undefined;
      return firstOf(accounts, (account) => {
        const refusals: Refusals = [];
        return firstOf(forms(question), (form) => {
          const caller: Caller = { sort: 'aws', account, membership, arn: undefined, form };
          return admit(asked, caller, outsider, more, refusals);
        });
      });
    });
  };
  return widest(partsOf(side, pathKey), tryPart);
}
