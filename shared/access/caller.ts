/** A caller's place in an organization. */
export interface Membership {
  readonly organization: string;
  /** The path of the account's organizational unit, or a glob that it must match. */
  readonly path: string;
}

/**
 * A caller from outside, as far as it is settled before the search: the rest (the principal's name, tags, network)
 * is open and found key by key.
 */
export type Caller =
  | { readonly sort: 'anonymous' }
  | {
      readonly sort: 'aws';
      readonly account: string;
      readonly membership: Membership | undefined;
      /** The one principal that calls; undefined for any of the account. */
      readonly arn: string | undefined;
      readonly form: 'role' | 'user' | 'root' | 'any';
    }
  | {
      readonly sort: 'service';
      readonly service: string;
      /** The account that the service acts for. */
      readonly account: string;
      readonly membership: Membership | undefined;
    }
  | {
      readonly sort: 'federated';
      /** As the policy writes it. */
      readonly principal: string;
      /** Its host and path, or `saml-provider/NAME`. */
      readonly provider: string;
    }
  | { readonly sort: 'canonical'; readonly id: string; readonly account: string };

/** The ARN by which `aws:PrincipalArn` knows a principal: a session counts as its role. */
export function principalArnOf(arn: string): string {
  const session = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  if (session === null) return arn;
  const [, partition, account, role] = session;
  return `arn:${partition}:iam::${account}:role/${role}`;
}
