import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { Place } from '../iam/place.ts';

/** What every SDK client is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  readonly retryMode: 'adaptive' | 'standard';
  readonly maxAttempts: number;
}

interface Position<Step> {
  readonly step: Step;
  readonly name?: string;
  readonly priority?: 'high' | 'low';
}

/** The part of an SDK client that every client has, of whatever year: where recording and replay hang themselves in. */
export interface SdkClient {
  readonly middlewareStack: {
    add(middleware: never, options: Position<'initialize'>): void;
    add(middleware: never, options: Position<'deserialize'>): void;
  };
}

/** Makes a client for one place: credentials, retries and record or replay are set by whoever hands this out. */
export type OpenClient = <C extends SdkClient>(
  client: new (config: ClientConfig) => C,
  overrides?: Partial<Pick<ClientConfig, 'region'>>,
) => C;

/** One resource as a list, or a look-up by reference, gives it. Kinds add what their `policy` needs. */
export interface Listed {
  readonly arn: string;
}

/** One policy text of a resource. The name tells several apart: `policy`, `acl`, `grants`, `policy:live`. */
export interface KindPolicy {
  readonly name: string;
  readonly text: string;
  /** Globs of the ARNs that it is attached to, where parts of the resource have policies of their own. */
  readonly attachedTo?: readonly string[];
}

/** What a resource lets in: its policy texts and the settings that the decision must know. */
export interface Opening {
  readonly policies: readonly KindPolicy[];
  readonly blockPublicAccess?: {
    readonly blockPublicAcls: boolean;
    readonly ignorePublicAcls: boolean;
    readonly blockPublicPolicy: boolean;
    readonly restrictPublicBuckets: boolean;
  };
}

/** The part of a CloudTrail record that tells which resource it speaks of. */
export interface ChangeDetail {
  readonly eventName: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
}

/** CloudTrail events after which a resource's policy may be another. */
export interface KindEvents {
  /** CloudTrail's eventSource: `sqs.amazonaws.com`. */
  readonly source: string;
  /** Event names, or prefixes of names for services that put dates into them. */
  readonly names: readonly (string | { readonly prefix: string })[];
  /**
   * The reference to the resource: a name, a part of an ARN, an ARN or a URL, which `find` understands;
   * `every` when all resources of the kind in the place may be concerned, also because the record does not
   * tell which; undefined when this record concerns none (a setting of another sort under the same name).
   */
  readonly resource: (detail: ChangeDetail) => string | 'every' | undefined;
  /** A setting of the whole account: resources of every region are concerned, not only of the event's. */
  readonly everyRegion?: true;
  /** The resource's region, where it can be another than that of the event. */
  readonly region?: (detail: ChangeDetail) => string | undefined;
}

/**
 * A type of resource whose policy, ACL, grant or share can admit outsiders. Data and three functions; the
 * scanner, the event patterns, the audit role's policy and the README's table are derived from it.
 */
export interface Kind<Connection = unknown, Item extends Listed = Listed> {
  /** `service:resource` in AWS's own words. */
  readonly id: string;
  readonly title: string;
  /** `global` kinds are read once per account, in the partition's home region. */
  readonly reach: 'regional' | 'global';
  /** The page that documents the policy. */
  readonly documentation: string;
  /** What is read, in a few words, for the README's table. */
  readonly reads: string;
  /** The IAM actions that list, find and policy call. */
  readonly permissions: readonly string[];
  /** The ARNs that they are limited to, where the same actions would read data elsewhere. */
  readonly permissionResources?: readonly string[];
  readonly events: readonly KindEvents[];
  /** Error names, as the service says them. Denials and throttling are known for all kinds. */
  readonly errors: {
    /** The resource has no policy. */
    readonly absent: readonly string[];
    /** The resource does not exist (any more). */
    readonly gone: readonly string[];
    /** The service cannot be used in this place: not in this region, not enabled. */
    readonly notUsable: readonly string[];
  };
  /** Whether AWS's IAM Access Analyzer reports external access to this kind. */
  readonly accessAnalyzer: boolean;
  /** How it is proved: through the SDK against an emulator (`wire`), or on recorded answers alone. */
  readonly proof: 'wire' | 'recorded';
  /** Loads the SDK (never before) and opens the clients. */
  readonly connect: (open: OpenClient, place: Place) => Promise<Connection>;
  /** All resources of the kind in the place, page by page to the end. */
  readonly list: (connection: Connection, place: Place) => AsyncIterable<Item>;
  /**
   * The resource of a reference out of an event. Undefined when it is none that `list` would give: another
   * account's, one that AWS manages, one marked for deletion. An error of `errors.gone` says that it is gone.
   */
  readonly find: (connection: Connection, place: Place, reference: string) => Promise<Item | undefined>;
  /** Whether the reference speaks of the resource with this ARN: how a deleted one is found in the store. */
  readonly refersTo: (reference: string, arn: string, place: Place) => boolean;
  /** Whether who gets in administers the account. Asked only of a resource that lets outsiders in. */
  readonly administers?: (connection: Connection, item: Item) => Promise<boolean>;
  /** What the resource lets in; undefined when it has no policy. */
  readonly policy: (connection: Connection, item: Item, place: Place) => Promise<Opening | undefined>;
}

/** A kind, its connection and item types known to itself alone. */
export function defineKind<Connection, Item extends Listed>(kind: Kind<Connection, Item>): Kind {
  return kind as unknown as Kind;
}
