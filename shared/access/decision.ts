import type { AccountId } from '../iam/arn.ts';
import type { Grant, Note } from './grant.ts';
import type { Zone } from './zone.ts';

/** One policy of a resource, under the name by which findings speak of it (`policy`, `acl`, `grants`, `policy:live`). */
export interface PolicyText {
  readonly name: string;
  /** JSON, or URL-encoded JSON. */
  readonly text: string;
  /**
   * Globs of the ARNs that it is attached to, where parts of the resource have policies of their own: it speaks of
   * these alone, and no other part's policy speaks of them. Absent where it is attached to the resource and to all that
   * is its own.
   */
  readonly attachedTo?: readonly string[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export interface BlockPublicAccess {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** The resource whose policies are judged. */
export interface JudgedResource {
  /** A kind's id: `s3:bucket`. An unknown kind is judged with every action of its policies. */
  readonly kind: string;
  readonly arn: string;
  readonly owner: AccountId;
}

export interface DecisionInput {
  readonly resource: JudgedResource;
  /** All that is attached to the resource or to its parts: an Allow in any admits there, a Deny in any denies there. */
  readonly policies: readonly PolicyText[];
  readonly resourceControlPolicies?: readonly PolicyText[];
  readonly blockPublicAccess?: BlockPublicAccess;
  readonly zone: Zone;
}

/** The grants to outsiders, or why the policies cannot be judged (no JSON, no policy): never a silent "none". */
export type Decision =
  | { readonly state: 'judged'; readonly grants: readonly Grant[]; readonly notes: readonly Note[] }
  | { readonly state: 'unjudged'; readonly policy: string; readonly reason: string };
