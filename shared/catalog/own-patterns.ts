import { type Branch, type EventPattern, packed, type Wildcard } from './event-patterns.ts';
import { type OwnPart, ownParts } from './own-parts.ts';

const called = (name: string): Wildcard => ({ wildcard: { 'Fn::Sub': name } });

/** The calls to one part, once for each place where the record may name it. */
function branchesOf(
  { source, names, namedAt, anybodys }: OwnPart,
  own: readonly Wildcard[],
): readonly Branch[] {
  const branch = { eventSource: [source], eventName: names } as const;
  if (anybodys) return [branch];
  return namedAt.map((path): Branch => {
    const [where = '', key = ''] = path.split('.');
    return { ...branch, [where]: { [key]: own } };
  });
}

const patternsOf = (parts: readonly OwnPart[], own: readonly Wildcard[]) =>
  packed(parts.flatMap((part) => branchesOf(part, own)));

/**
 * What the rules of a member account send besides changes of policies: calls to what of trustwatch is in every account. In the
 * security account these are the ones that hear of the stack's own roles, for IAM writes its events in one region.
 */
export function memberOwnPatterns(): readonly EventPattern[] {
  const own = [called('*${AuditRoleName}*'), called('${AuditorRoles}')];
  return patternsOf(
    ownParts.filter(({ everywhere }) => everywhere),
    own,
  );
}

/** What the rules of the stack send, in its own region: calls to any part of it. */
export function stackOwnPatterns(): readonly EventPattern[] {
  return patternsOf(ownParts, [called('*${AWS::StackName}*')]);
}
