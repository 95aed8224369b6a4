import type { Grant } from '../access/grant.ts';
import { withExpectation } from '../findings/expected.ts';
import type { AccessFinding } from '../findings/finding.ts';
import { accessFindings, type Knowledge } from '../findings/from-decision.ts';
import { accessId } from '../findings/identity.ts';
import type { Listed } from '../kinds/kind.ts';
import type { Looking } from './look.ts';
import type { Surroundings } from './ports.ts';

/** What who gets in may do there, where the kind can tell: not to be able to read that hides no finding. */
async function powerOf({ kind, connection }: Looking, item: Listed): Promise<Pick<Knowledge, 'power'>> {
  try {
    return (await kind.administers?.(connection, item)) ? { power: 'administrator' } : {};
  } catch {
    return { power: 'unread' };
  }
}

/** An id that is nobody's may be that of an own account which could not be asked: whoever reads of it has to know. */
function withDoubt(grant: Grant, { namelessAccounts }: Surroundings): Grant {
  if (grant.outsider.type !== 'canonical-user' || namelessAccounts === 0) return grant;
  const doubt = `it may be an account of the organization: of ${namelessAccounts}, the canonical user id is not known`;
  return { ...grant, because: `${grant.because}; ${doubt}` };
}

/** What a resource lets in from beyond one boundary. */
export interface Crossing {
  readonly boundary: string;
  readonly grants: readonly Grant[];
}

/**
 * The findings of one resource: its grants to outsiders, then those that go no further than across a boundary
 * within the organization, each with what is known
 * of it and with the expectation that covers it.
 */
export async function judgedFindings(
  looking: Looking,
  item: Listed,
  outside: readonly Grant[],
  crossings: readonly Crossing[],
): Promise<readonly AccessFinding[]> {
  const { kind, place, surroundings, at } = looking;
  const { arn } = item;
  const subject = { type: 'resource', place, kind: kind.id, arn } as const;
  const told = new Set(outside.map((grant) => accessId(kind.id, arn, grant)));
  const crossing = crossings.map(({ boundary, grants }) => ({
    boundary,
    grants: grants.filter((grant) => !told.has(accessId(kind.id, arn, grant))),
  }));
  const isOpen = outside.length > 0 || crossing.some(({ grants }) => grants.length > 0);
  const { vendors, former } = surroundings;
  const knowledge = { vendors, former, ...(isOpen && (await powerOf(looking, item))) };
  const findings = [
    ...accessFindings(
      subject,
      outside.map((grant) => withDoubt(grant, surroundings)),
      knowledge,
    ),
    ...crossing.flatMap(({ grants, boundary }) =>
      accessFindings(subject, grants, { ...knowledge, boundary }),
    ),
  ];
  return findings.map((finding) => withExpectation(finding, surroundings.expected, at));
}
