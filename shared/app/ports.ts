import type { Zone } from '../access/zone.ts';
import type { OwnNames } from '../catalog/own-parts.ts';
import type { AlertRules } from '../findings/alert.ts';
import type { Deployer } from '../findings/deployer.ts';
import type { ExpectedGrant } from '../findings/expectation.ts';
import type { Subject, Unread } from '../findings/finding.ts';
import type { Look, SubjectRecord } from '../findings/record.ts';
import type { AccountId, Partition } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import type { Kind, OpenClient } from '../kinds/kind.ts';
import type { AlertBook, Channel } from './alert-ports.ts';
import type { AuditLog, AuditStarter, ReportTarget } from './audit-ports.ts';
import type { BoundedZone } from './bounded-zones.ts';
import type { AttachedPolicy, Controls } from './controls.ts';

/** An account as the organization lists it. */
export interface Account {
  readonly id: AccountId;
  readonly name: string;
  /** `State`, or `Status` where an older answer has no `State`. Only ACTIVE accounts are swept. */
  readonly state: string;
  /** Organization paths, as `aws:PrincipalOrgPaths` writes them. */
  readonly paths: readonly string[];
  /** ISO 8601; where the organization tells it. */
  readonly joinedAt?: string;
}

/** Of an account: tags are in the hands of whoever may tag it. */
export type Tags = Readonly<Record<string, string>>;

/** What is kept of an account of the organization. */
export interface Member extends Omit<Account, 'name'> {
  /** Absent where they were not asked for, or could not be read. */
  readonly tags?: Tags;
}

/** Reads the organization, from the management account or a delegated administrator. */
export interface Organization {
  describe(): Promise<{ readonly id: string; readonly managementAccount: AccountId }>;
  /** Every account, whatever its state, page by page to the end. */
  accounts(): AsyncIterable<Account>;
  /** The resource control policies in force, with what each is attached to; or why they cannot be read. */
  resourceControlPolicies(): Promise<readonly AttachedPolicy[] | Unread>;
  /** The tags of an account, or why they cannot be read. */
  tags(account: AccountId): Promise<{ readonly tags: Tags } | Unread>;
  /** The ids of all resource control policies, in force or not; or why they cannot be read. */
  resourceControlPolicyIds(): Promise<readonly string[] | Unread>;
}

/** Credentials for one account. */
export interface Session {
  readonly account: AccountId;
  readonly partition: Partition;
  /** Opens SDK clients that speak for the audit role in one region of the account. */
  open(region: string): OpenClient;
  /** The regions enabled in the account. */
  enabledRegions(): Promise<readonly string[]>;
  /** The account's S3 canonical user id, by which ACLs name it; undefined where S3 does not tell. */
  canonicalUser(): Promise<string | undefined>;
}

/** Assumes the audit role. */
export interface Sessions {
  /** A session, or why there is none (role missing, denied, throttled). */
  assume(account: AccountId): Promise<Session | Unread>;
}

/** Keeps one record per subject. Implementations: DynamoDB, a file at the desk, memory. One contract suite tests all. */
export interface Store {
  read(subject: Subject): Promise<SubjectRecord | undefined>;
  /**
   * Settles a look into the subject's record (findings/settle.ts), conditional on the time of the look.
   * `older` when a newer look is already there, which stays.
   */
  settle(look: Look): Promise<'settled' | 'older'>;
  /**
   * All records of a place: its resources, its kinds' own and the place's own. With a kind: of that kind's
   * resources, and the kind's own, only.
   */
  records(place: Pick<Place, 'account' | 'region'>, kind?: string): AsyncIterable<SubjectRecord>;
  /** All records there are, of every type of subject. */
  all(): AsyncIterable<SubjectRecord>;
}

/** S3 canonical user ids by account. */
export type CanonicalUsers = ReadonlyMap<AccountId, string>;

/** What an audit learns of an account when it begins. */
export interface LearnedAccount {
  /** Absent where S3 does not tell. */
  readonly canonicalUser?: string;
  /** The regions that it has enabled, and since when that is known. */
  readonly regions: Readonly<Record<string, string>>;
}

export type LearnedAccounts = ReadonlyMap<AccountId, LearnedAccount>;

/** What decisions are made against. */
export interface Surroundings {
  /** The zone of trust: the organization and what trust.yml adds; the last good one when the newest is broken. */
  readonly zone: Zone;
  /** The accounts that the organization lists, whatever their state. */
  readonly members: ReadonlyMap<AccountId, Member>;
  /** Accounts that were inside once, and what has become of them: labels. */
  readonly former: ReadonlyMap<AccountId, string>;
  /** By which ids ACLs name accounts of the organization, also of some that have left. */
  readonly canonicalUsers: CanonicalUsers;
  /** The regions that accounts have enabled, and since when that is known; of accounts that were asked. */
  readonly enabledRegions: ReadonlyMap<AccountId, LearnedAccount['regions']>;
  /** What the organization forbids on the resources of an account. */
  readonly controls: Controls;
  /** The entries of trust.yml that expect grants, also those whose end has come. */
  readonly expected: readonly ExpectedGrant[];
  /** The lines within the organization that an account's resources may not cross. */
  readonly boundaries: (owner: AccountId) => readonly BoundedZone[];
  /** Accounts of the organization whose canonical user id is not known: an id that nobody has may be theirs. */
  readonly namelessAccounts: number;
  /** What accounts outside are called: labels, never permissions. */
  readonly vendors: ReadonlyMap<AccountId, string>;
  /** Who changes trustwatch itself on purpose. */
  readonly deployers: readonly Deployer[];
  /** A place that no audit has read for so many days is a gap. */
  readonly overdueDays: number;
  /** What of the above could not be read or taken over. */
  readonly problem?: string;
}

export interface ZoneSource {
  /** As it was a while ago at most; with `now`, as it is: an audit begins with that. Or as it has been read `since`. */
  zone(asOf?: 'now' | { readonly since: string }): Promise<Surroundings>;
  /** Keeps what an audit learned of accounts, beside what it has of others. */
  learn(accounts: LearnedAccounts): Promise<void>;
}

/** Where changes wait, for those that are to be looked at once more. */
export interface ChangeQueue {
  /** Seconds to wait before the second look, the third, and so on; none beyond. At most 900 each. */
  readonly delaysSeconds: readonly number[];
  send(body: string, delaySeconds: number): Promise<void>;
}

export interface Clock {
  now(): Date;
}

/** Structured log lines: no secrets, no policy texts. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** All that the use cases are given; each names the part that it needs. */
export interface Ports {
  /** The kinds to watch: all of `kinds/index.ts`, or those that the command line names. */
  readonly kinds: readonly Kind[];
  readonly organization: Organization;
  readonly sessions: Sessions;
  readonly store: Store;
  readonly auditLog: AuditLog;
  readonly audits: AuditStarter;
  readonly reports: ReportTarget;
  readonly changeQueue: ChangeQueue;
  readonly channels: readonly Channel[];
  readonly alertBook: AlertBook;
  readonly alertRules: AlertRules;
  /** What trustwatch's own parts are called: a change to one of them is tampering. */
  readonly own: OwnNames;
  readonly zones: ZoneSource;
  readonly clock: Clock;
  readonly log: Log;
}
