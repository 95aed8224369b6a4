import type { Decision } from '../access/decision.ts';
import type { Zone } from '../access/zone.ts';
import { digest } from '../findings/digest.ts';
import type { Cause, ResourceSubject, Unread } from '../findings/finding.ts';
import { oneLine } from '../findings/one-line.ts';
import type { Look, PolicyText } from '../findings/record.ts';
import { parseArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import type { Kind, Listed, Opening } from '../kinds/kind.ts';
import { outcomeOf } from '../kinds/outcome.ts';
import { judgedFindings } from './judged-findings.ts';
import type { Surroundings } from './ports.ts';

/** What a look needs to know besides the resource. */
export interface Looking {
  readonly kind: Kind;
  readonly place: Place;
  readonly connection: unknown;
  readonly cause: Cause;
  /** The audit that looks, where a change was the reason for it. */
  readonly audit?: string | undefined;
  readonly surroundings: Surroundings;
  /** When the look began: before the first request whose answer it rests on. */
  readonly at: string;
}

/** Why an error means that we could not see, where nothing else that the kind declares it for makes sense. */
export function unreadOf(kind: Pick<Kind, 'errors'>, error: unknown): Unread {
  const outcome = outcomeOf(kind, error);
  return typeof outcome === 'object' ? outcome : { reason: 'failed', message: oneLine(String(error), 300) };
}

export function resourceSubject({ kind, place }: Looking, arn: string): ResourceSubject {
  return { type: 'resource', place, kind: kind.id, arn };
}

const madeBy = ({ at, cause, audit }: Looking) => ({ at, cause, ...(audit !== undefined && { audit }) });

/** A look that found no policy, or no resource any more. */
export function absentLook(looking: Looking, arn: string, why: 'no-policy' | 'gone'): Look {
  const subject = resourceSubject(looking, arn);
  return { subject, ...madeBy(looking), sight: { state: 'absent', why }, findings: [], notes: [] };
}

/** A look that could not see. */
export function unreadLook(subject: Look['subject'], at: string, cause: Cause, unread: Unread): Look {
  return { subject, at, cause, sight: { state: 'unread', unread }, findings: [], notes: [] };
}

/** A look that saw that a subject which only carries gaps has none (any more). */
export function readLook(subject: Look['subject'], at: string, cause: Cause): Look {
  return { subject, at, cause, sight: { state: 'read' }, findings: [], notes: [] };
}

/** What there is to see of a subject whose account is not of the organization any more: nothing, and it was not tried. */
export function departedLook(subject: Look['subject'], at: string, cause: Cause): Look {
  return { subject, at, cause, sight: { state: 'departed' }, findings: [], notes: [] };
}

/** A policy is in other hands: one that breaks the decision must not keep us from reading the others. */
async function judge(
  { kind, place, surroundings, at }: Looking,
  arn: string,
  opening: Opening,
  zone: Zone,
): Promise<Decision> {
  const { policies, blockPublicAccess } = opening;
  const { controls } = surroundings;
  const resource = { kind: kind.id, arn, owner: place.account };
  const input = {
    resource,
    policies,
    resourceControlPolicies: controls(place.account),
    ...(blockPublicAccess && { blockPublicAccess }),
    zone,
  };
  // A function that judges nothing in this invocation does not wait for the decision to load.
  const { decide } = await import('../access/decide.ts');
  try {
    return decide(input, Date.parse(at));
  } catch (error) {
    const policy = policies.map(({ name }) => name).join(', ');
    return { state: 'unjudged', policy, reason: `the decision broke on it (${String(error)})` };
  }
}

/** So much text of one resource's policies is kept beside what was found in it: all but thousands of grants. */
const mostPolicyText = 128 * 1024;

/** What is kept of an opening: the texts that fit, the last of them cut, and what blocks public access besides. */
function keptPolicies({ policies, blockPublicAccess: block }: Opening): readonly PolicyText[] {
  let left = mostPolicyText;
  const texts = block
    ? [...policies, { name: 'block public access', text: JSON.stringify(block) }]
    : policies;
  return texts.flatMap(({ name, text }) => {
    const kept = text.slice(0, Math.max(0, left));
    left -= text.length;
    if (kept === '' && text !== '') return [];
    return [{ name, text: kept, ...(kept.length < text.length && { cut: true as const }) }];
  });
}

const grantsOf = (decision: Decision) => (decision.state === 'judged' ? decision.grants : []);

async function judgedLook(looking: Looking, item: Listed, opening: Opening): Promise<Look> {
  const { arn } = item;
  const { at, cause } = looking;
  const subject = resourceSubject(looking, arn);
  const { zone, boundaries } = looking.surroundings;
  const decision = await judge(looking, arn, opening, zone);
  const within = await Promise.all(
    boundaries(looking.place.account).map(async (bounded) => ({
      boundary: bounded.name,
      ...(await judge(looking, arn, opening, bounded.zone)),
    })),
  );
  const broken = [decision, ...within].find((each) => each.state === 'unjudged');
  if (broken !== undefined) {
    const message = oneLine(`the policy \`${broken.policy}\` cannot be judged: ${broken.reason}`, 500);
    return unreadLook(subject, at, cause, { reason: 'malformed', message });
  }
  const policies = keptPolicies(opening);
  const sight = { state: 'present', policyHash: digest(opening), policies } as const;
  const findings = await judgedFindings(
    looking,
    item,
    grantsOf(decision),
    within.map((each) => ({ boundary: each.boundary, grants: grantsOf(each) })),
  );
  const notes = decision.state === 'judged' ? decision.notes : [];
  return { subject, ...madeBy(looking), sight, findings, notes };
}

async function readOpening({ kind, connection, place }: Looking, item: Listed) {
  try {
    return { opening: await kind.policy(connection, item, place) };
  } catch (error) {
    return { error };
  }
}

/** Reads what one resource lets in, and judges it. Never throws for what a service answers. */
export async function lookAt(looking: Looking, item: Listed): Promise<Look> {
  const { kind, at, cause } = looking;
  if (parseArn(item.arn) === undefined) {
    const arn = oneLine(item.arn, 300);
    const unread = { reason: 'malformed', message: `the service lists \`${arn}\`, which is no ARN` } as const;
    return unreadLook(resourceSubject(looking, arn), at, cause, unread);
  }
  const read = await readOpening(looking, item);
  if ('error' in read) {
    const outcome = outcomeOf(kind, read.error);
    if (outcome === 'gone') return absentLook(looking, item.arn, 'gone');
    if (outcome === 'absent') return absentLook(looking, item.arn, 'no-policy');
    return unreadLook(resourceSubject(looking, item.arn), at, cause, unreadOf(kind, read.error));
  }
  if (read.opening === undefined) return absentLook(looking, item.arn, 'no-policy');
  return judgedLook(looking, item, read.opening);
}
