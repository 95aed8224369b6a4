import type { AccountId } from '../iam/arn.ts';
import type { Grant, Note } from './grant.ts';
import type { Zone } from './zone.ts';

/** One policy of a resource, under the name by which findings speak of it (`policy`, `acl`, `grants`, `policy:live`). */
export interface PolicyText {
  readonly name: string;
  /** JSON, or URL-encoded JSON. */
  readonly text: string;
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
  /** All that is attached to the resource: an Allow in any admits, a Deny in any denies. */
  readonly policies: readonly PolicyText[];
  readonly resourceControlPolicies?: readonly PolicyText[];
  readonly blockPublicAccess?: BlockPublicAccess;
  readonly zone: Zone;
}

/** The grants to outsiders, or why the policies cannot be judged (no JSON, no policy): never a silent "none". */
export type Decision =
  | { readonly state: 'judged'; readonly grants: readonly Grant[]; readonly notes: readonly Note[] }
  | { readonly state: 'unjudged'; readonly policy: string; readonly reason: string };
