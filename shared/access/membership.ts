import { gather } from '../iam/gather.ts';
import { globMatches } from '../iam/glob.ts';
import type { Membership } from './caller.ts';
import type { Side } from './mentions.ts';
import { organizationsOfPath, possibleRoots } from './organization-path.ts';
import type { Question } from './question.ts';
import { mayMeet } from './region.ts';

/** The roots of each organization, by all that the policies mention on a side. */
const known = new WeakMap<Side, Map<string, readonly string[]>>();

function rootsOf({ zone }: Question, side: Side, organization: string): readonly string[] {
  const before = known.get(side) ?? new Map<string, readonly string[]>();
  known.set(side, before);
  const found =
    before.get(organization) ??
    possibleRoots(
      zone.roots.get(organization),
      gather(side.paths.keys(), (path) =>
        globMatches(organizationsOfPath(path), organization) ? path : undefined,
      ),
    );
  before.set(organization, found);
  return found;
}

/**
 * A place in an organization.
 * @param side what the policies mention there
 * @param like a glob that its path is to match
 */
export const membershipIn = (
  question: Question,
  side: Side,
  organization: string,
  like = '*',
): Membership => ({
  organization,
  roots: rootsOf(question, side, organization).filter(
    (root) => like === '*' || mayMeet(like, `${organization}/r-${root}/*`),
  ),
});
