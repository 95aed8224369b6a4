import { type Issuer, issuerOf, providerName } from '../iam/issuer.ts';

/** A caller's place in an organization. */
export interface Membership {
  readonly organization: string;
  /** The ids that the organization's root may have, without their `r-`: it has one of them. */
  readonly roots: readonly string[];
}

/** How a request reaches AWS: from a public address, or through a VPC endpoint, which hides the address. */
export type Network = 'internet' | 'endpoint';

/** What sort of principal signs; `any` where the policies do not ask. */
export type PrincipalForm = 'role' | 'user' | 'root' | 'federated-user' | 'any';

/**
 * A caller from outside, as far as it is settled before the search: the rest (the principal's name, tags, the
 * endpoint) is open and found key by key.
 */
export type Caller =
  | { readonly sort: 'anonymous' }
  | {
      readonly sort: 'aws';
      readonly account: string;
      readonly membership: Membership | undefined;
      /** The one principal that calls; undefined for any of the account. */
      readonly arn: string | undefined;
      readonly form: PrincipalForm;
    }
  | {
      readonly sort: 'service';
      readonly service: string;
      /** Names of the service beside this one, which its request lists. */
      readonly otherNames?: readonly string[];
      /** The account that the service acts for; undefined where the request does not tell. */
      readonly account: string | undefined;
      readonly membership: Membership | undefined;
    }
  | {
      readonly sort: 'federated';
      /** As the policy writes it. */
      readonly principal: string;
      /** Its host and path, or `saml-provider/NAME`. */
      readonly provider: string;
      readonly issuer: Issuer;
      /** Whether it is any provider of which nobody speaks: the search finds its name. */
      readonly unheard: boolean;
    }
  | {
      readonly sort: 'canonical';
      readonly id: string;
      readonly account: string;
      readonly membership: Membership | undefined;
      readonly form: PrincipalForm;
    };

export type FederatedCaller = Extract<Caller, { sort: 'federated' }>;

const usualRole = ':role/';
const afterAccount = 'arn:aws:iam::111122223333'.length;

/** What sort of principal an ARN names. */
export function formOf(arn: string): Exclude<PrincipalForm, 'any'> {
  if (arn.startsWith(usualRole, afterAccount)) return 'role';
  if (arn.endsWith(':root')) return 'root';
  if (arn.includes(':federated-user/')) return 'federated-user';
  return arn.includes(':user/') ? 'user' : 'role';
}

/** Whether an ARN goes on after `arn:aws` with `:iam`, as nearly all of principals do. */
const isOfIam = (arn: string) => arn.startsWith('iam', 8) && arn.charCodeAt(7) === 58;

/** Whether a principal's ARN is that of a session. */
export const isOfSession = (arn: string): boolean => !isOfIam(arn) && arn.includes(':sts:');

/** The ARN by which `aws:PrincipalArn` knows a principal: a session counts as its role. */
export function principalArnOf(arn: string): string {
  const session = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  if (session === null) return arn;
  const [, partition, account, role] = session;
  return `arn:${partition}:iam::${account}:role/${role}`;
}

/** The caller who comes with a token or an assertion of the provider, as a policy writes it. */
export function federatedBy(principal: string): FederatedCaller {
  const provider = providerName(principal);
  return { sort: 'federated', principal, provider, issuer: issuerOf(provider), unheard: false };
}
