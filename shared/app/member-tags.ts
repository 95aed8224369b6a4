import pLimit from 'p-limit';
import type { Boundary } from '../config/trust-schema.ts';
import type { Member, Organization } from './ports.ts';

/** Accounts whose tags are asked for at a time: AWS tells them one account a call, some twenty a second. */
const tagConcurrency = 8;

/** Whether boundaries go by tags at all: nobody asks for them otherwise. */
export const goesByTags = (boundaries: readonly Pick<Boundary, 'tags'>[]) =>
  boundaries.some(({ tags }) => tags.length > 0);

/**
 * The members with their tags: asked for, of `most` accounts at most that have none in `known`, and taken from there for
 * the others. Whose tags cannot be read has none: that is not the same as to have no tags.
 */
export async function withTags<M extends Member>(
  organization: Pick<Organization, 'tags'>,
  members: readonly M[],
  known: readonly Member[] = [],
  most = Number.POSITIVE_INFINITY,
): Promise<readonly M[]> {
  const tagsOf = new Map(known.flatMap(({ id, tags }) => (tags === undefined ? [] : [[id, tags] as const])));
  const asked = new Set(
    members
      .filter(({ id }) => !tagsOf.has(id))
      .slice(0, most)
      .map(({ id }) => id),
  );
  return pLimit(tagConcurrency).map(members, async (member) => {
    const tags = asked.has(member.id) ? await organization.tags(member.id) : tagsOf.get(member.id);
    return tags === undefined || 'reason' in tags ? member : { ...member, tags: tags.tags };
  });
}
