import type { Grant, GrantCondition, Outsider } from '../access/grant.ts';
import { digest } from './digest.ts';

/** Who wants a grant, why, and through which day (UTC). An expectation always has an end. */
export interface Expectation {
  /** Of the entry, made of what it covers: two files that expect the same share it. */
  readonly entry: string;
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string;
  /** `2027-12-31` */
  readonly until: string;
}

/** A condition that a grant must carry, with these values or fewer. */
export type ExpectedCondition = Omit<GrantCondition, 'bounds'>;

/** An entry of trust.yml that expects a grant: how wide it may be, and whose it is. */
export interface ExpectedGrant extends Omit<Expectation, 'entry'> {
  readonly outsider: Outsider;
  readonly kind: string;
  /** A glob of ARNs. */
  readonly resource: string;
  /** Globs within which every action of the grant must be. */
  readonly actions: readonly string[];
  /** Globs within which every resource of the grant must be; all that the resource holds when absent. */
  readonly resources?: readonly string[];
  readonly conditions: readonly ExpectedCondition[];
}

/** How wide a grant is. */
export type Width = Pick<Grant, 'outsider' | 'actions' | 'resources' | 'conditions'>;

/** The part of a finding that an entry speaks of. */
export interface ExpectableGrant {
  readonly kind: string;
  readonly arn: string;
  readonly grant: Width;
}

/** An entry without what it covers: what a finding keeps of it. */
export function expectationOf(expected: ExpectedGrant): Expectation {
  const { outsider, kind, resource, actions, resources, conditions, ...whose } = expected;
  return { entry: digest([outsider, kind, resource, actions, resources ?? [], conditions]), ...whose };
}

const dayMs = 86_400_000;

/** The first moment after the day, in ms since the epoch: an entry holds through its last day, UTC. */
export function endOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`) + dayMs;
}

/** Whether the last day is over at a time, ISO 8601. */
export function isOver({ until }: Pick<Expectation, 'until'>, at: string): boolean {
  return Date.parse(at) >= endOf(until);
}
