import type { AccountId } from '../iam/arn.ts';

/** A caller outside the zone; the widest true type is reported, once. The field order of the check contract. */
export type Outsider =
  | { readonly type: 'anyone' }
  | { readonly type: 'any-account' }
  | { readonly type: 'account'; readonly account: AccountId; readonly principal?: string }
  | { readonly type: 'account-pattern'; readonly pattern: string }
  | { readonly type: 'organization'; readonly organization: string }
  | { readonly type: 'service'; readonly service: string; readonly source: string }
  | { readonly type: 'federated'; readonly provider: string; readonly subject: string }
  | { readonly type: 'canonical-user'; readonly id: string };

/** What a remaining condition really pins down. */
export type Bound = 'caller' | 'network' | 'provider' | 'request' | 'none';

/** A condition that remains on a grant, as the policy writes it. */
export interface GrantCondition {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly bounds: Bound;
}

export type WitnessPrincipal =
  | { readonly type: 'anonymous' }
  | { readonly type: 'AWS'; readonly arn: string }
  | { readonly type: 'Service'; readonly service: string }
  | { readonly type: 'Federated'; readonly provider: string }
  | { readonly type: 'CanonicalUser'; readonly id: string };

/** A request's context: every key that it carries; a list for a multi-valued key. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** A concrete request from outside that the policies allow. */
export interface Witness {
  readonly action: string;
  readonly resource: string;
  readonly principal: WitnessPrincipal;
  readonly context: RequestContext;
}

/** Where a statement stands: which of the resource's policies, and its place in it from 0. */
export interface StatementReference {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
}

/** One outsider's access to one resource. */
export interface Grant {
  readonly outsider: Outsider;
  /** As the policy writes them, narrowed to what the kind has. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly GrantCondition[];
  /** The statements that gave it. */
  readonly statements: readonly StatementReference[];
  readonly witness: Witness;
  /** One sentence that the reader of an alert understands. */
  readonly because: string;
  /** The Denies that the sentence names, where it names some: for who shows their lines, no part of an answer. */
  readonly denies?: readonly StatementReference[] | undefined;
}

export type NoteType =
  | 'dead-statement'
  | 'stale-principal'
  | 'illegal-principal'
  | 'unknown-key'
  | 'unknown-operator'
  | 'unguarded-tenant'
  | 'missing-external-id'
  | 'reclaimable-source'
  | 'widest-reading';

/** Something about a statement that is no grant and yet worth knowing. */
export interface Note {
  readonly type: NoteType;
  readonly statement: StatementReference;
  readonly because: string;
}
