import { gather } from '../iam/gather.ts';
import { hasWildcard } from '../iam/glob.ts';
import type { Caller } from './caller.ts';
import { firstOf, forms } from './distinct-callers.ts';
import { type Goal, madeCondition } from './goal.ts';
import { freshMembership, namesAny, type Side } from './mentions.ts';
import { type Admission, admit, type Question } from './question.ts';
import { organizationsLike, strangers } from './representatives.ts';

/** The keys that say which organization a caller's account is of. */
export const organizationKeys = ['aws:principalorgid', 'aws:principalorgpaths'] as const;

/** One part of an organization's members: the label to report, ids of it to try, and what their path must be. */
export interface Part {
  readonly label: string;
  readonly organizations: Iterable<string>;
  readonly goals: readonly Goal[];
}

/** A path as it is reported: paths of any organization, and all paths of one, are the organizations themselves. */
function labelOf(path: string): string {
  const [id = ''] = path.split('/', 1);
  if (hasWildcard(id)) return '*';
  return /^[^/]*\/\*+$/.test(path) ? id : path;
}

/** The organizations outside that a side's keys mention, and under them the paths: the whole first, then its parts. */
export function partsOf(question: Question, side: Side, pathKey: string): readonly (readonly Part[])[] {
  const like = (paths: readonly string[], wanted: boolean): readonly Goal[] =>
    paths.length === 0 ? [] : [{ condition: madeCondition(pathKey, 'StringLike', paths), wanted }];
  const whole = new Map<string, string>([['*', freshMembership.organization], ...side.organizations]);
  return [...whole].map(([label, id]) => {
    const organizations = [...organizationsLike(question, side, label)];
    const paths = [...side.paths].filter(([, other]) => other === id).map(([path]) => path);
    return [
      { label, organizations, goals: like(paths, false) },
      ...paths.map((path) => ({
        label: labelOf(path),
        organizations: [...organizationsLike(question, side, path.split('/', 1)[0] ?? '')],
        goals: like([path], true),
      })),
    ];
  });
}

/** Members of any organization, or of those and those parts of them that the policies name. */
export function admitOrganizations(question: Question): readonly Admission[] {
  if (!namesAny(question.mentions, organizationKeys)) return [];
  const side = question.mentions.caller;
  const accounts = [...strangers(question, side)];
  const outsider = (organization: string) => ({ type: 'organization', organization }) as const;
  const tryPart = ({ label, organizations, goals }: Part) =>
    firstOf(organizations, (organization) =>
      firstOf(accounts, (account) =>
        firstOf(forms(question), (form) => {
          const membership = { organization, path: undefined };
          const caller: Caller = { sort: 'aws', account, membership, arn: undefined, form };
          return admit(question, caller, outsider(label), goals);
        }),
      ),
    );
  return widest(partsOf(question, side, 'aws:principalorgpaths'), tryPart);
}

/** Of any organization, if that gets in; else of each, whole or in parts. */
export function widest(
  parts: readonly (readonly Part[])[],
  tryPart: (part: Part) => Admission | undefined,
): readonly Admission[] {
  const found: Admission[] = [];
  for (const [whole, ...paths] of parts) {
    const all = whole === undefined ? undefined : tryPart(whole);
    const some = all === undefined ? gather(paths, tryPart) : [all];
    found.push(...some);
    if (whole?.label === '*' && some.length > 0) return some.slice(0, 1);
  }
  return found;
}
