import type { AccountId } from '../iam/arn.ts';

/** A tenant of a shared issuer that counts as inside: `token.actions.githubusercontent.com`, `sub`, `repo:acme/*`. */
export interface FederatedTenant {
  /** The issuer's host and path, or `saml-provider/NAME` for one of an account inside, or an ARN. */
  readonly provider: string;
  /** The claim's name behind `provider:`; absent where the provider itself is the tenant. */
  readonly claim?: string;
  /** A glob of the claim's values. */
  readonly value?: string;
}

/** The zone of trust: the accounts, organization paths and organizations that count as inside. */
export interface Zone {
  readonly organization?: string;
  /** The organization of the resource's owner, where it is another than `organization` or not all of it counts as inside. */
  readonly ownerOrganization?: string;
  readonly accounts: readonly AccountId[];
  /** As `aws:PrincipalOrgPaths` writes them: `o-abc1234567/r-ab12/ou-ab12-11111111/`, with or without a `*` at the end: the unit and all below it. */
  readonly organizationPaths: readonly string[];
  /** Further organizations that count as inside. */
  readonly organizations?: readonly string[];
  readonly federatedTenants?: readonly FederatedTenant[];
  /** S3 canonical user ids of accounts inside. */
  readonly canonicalUsers?: readonly string[];
}
