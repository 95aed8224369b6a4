import type { Zone } from '../access/zone.ts';
import type { OwnNames } from '../catalog/own-parts.ts';
import type { Alert, AlertRules, Pile } from '../findings/alert.ts';
import type { Brief } from '../findings/brief.ts';
import type { NamedAccount, PlaceCoverage, SkippedAccount, UnreadAccount } from '../findings/coverage.ts';
import type { Deployer } from '../findings/deployer.ts';
import type { ExpectedGrant } from '../findings/expectation.ts';
import type { Change, Subject, Unread } from '../findings/finding.ts';
import type { Look, SubjectRecord, Transition } from '../findings/record.ts';
import type { AccountId, Partition } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import type { Kind, OpenClient } from '../kinds/kind.ts';
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

/** Which kinds a sweep of a place reads: those of the region, and in the home region those of the whole account. */
export type Reach = Kind['reach'];

/** A place to sweep, and what to read there. */
export interface PlannedPlace extends Place {
  readonly reaches: readonly Reach[];
  /** Nothing of the place is left out: afterwards it was read as a whole. */
  readonly whole?: true;
  /** The ids of the kinds to read here; those of the audit when absent. */
  readonly kinds?: readonly string[];
}

/** What of the organization an audit reads: all of it where nothing is named. */
export interface AuditScope {
  readonly accounts?: readonly AccountId[];
  readonly regions?: readonly string[];
  /** Ids of kinds. */
  readonly kinds?: readonly string[];
  /** Accounts that are other than before: all of them, and whatever elsewhere has a policy that names one of them. */
  readonly about?: readonly AccountId[];
}

/** What an audit sets out to read. */
export interface AuditPlan {
  readonly audit: string;
  readonly startedAt: string;
  /** When the organization and trust.yml had been read for it: no sweep goes by older ones. */
  readonly plannedAt: string;
  /** The change that the audit was started for; it reads because it is time when there is none. */
  readonly cause?: Change;
  /** The organization's id. */
  readonly organization: string;
  readonly places: readonly PlannedPlace[];
  readonly scope: AuditScope;
  /** The entries of trust.yml that expect grants, as they were then. */
  readonly expected: readonly ExpectedGrant[];
  /** Every account that the organization lists. */
  readonly accounts: readonly NamedAccount[];
  readonly skipped: readonly SkippedAccount[];
  /** Accounts of which not even the regions could be read. */
  readonly unread: readonly UnreadAccount[];
}

/** The places to sweep, the accounts that are not, and the coverage so far, by audit. */
export interface AuditLog {
  writePlan(plan: AuditPlan): Promise<void>;
  readPlan(audit: string): Promise<AuditPlan>;
  /** Written once a place, when its sweep is done; a repetition replaces. */
  writeCoverage(audit: string, coverage: PlaceCoverage): Promise<void>;
  readCoverage(audit: string): AsyncIterable<PlaceCoverage>;
}

/** Starts audits between those of the schedule. */
export interface AuditStarter {
  /** Starts an audit by its name; of one that was started before, nothing more is started. */
  start(audit: string, request: AuditScope & { readonly cause?: Change }): Promise<void>;
}

/** Where reports go: a bucket, a folder. */
export interface ReportTarget {
  /** Writes one file of an audit and returns where it is (a path or an s3:// URL). */
  write(audit: string, name: string, content: string, contentType: string): Promise<string>;
}

/** Tells people: one transition at a time, or many as one. */
export interface PeopleChannel {
  readonly audience: 'people';
  /** What claims are made for: never another name for the same receivers. */
  readonly name: string;
  send(alert: Alert): Promise<void>;
}

/** Tells programs: every transition by itself, at most `atATime` a call. What takes some of them throws `PartlyTold`. */
export interface ProgramChannel {
  readonly audience: 'programs';
  readonly name: string;
  readonly atATime: number;
  send(transitions: readonly Transition[]): Promise<void>;
}

/** One way on which alerts leave: a topic, chat, a bus, Security Hub, the terminal at the desk. */
export type Channel = PeopleChannel | ProgramChannel;

/**
 * What was told on which channel, and what waits to be told as one. Implementations: DynamoDB, memory. One contract
 * suite tests both.
 */
export interface AlertBook {
  /**
   * Claims one alert for one channel before it is sent. `told`: it was sent and confirmed before. A claim that is
   * neither confirmed nor released (its holder crashed) lapses after a while, and whoever asks meanwhile waits for
   * it: so an alert is sent once, and twice when the holder crashed between sending and confirming; never not at all.
   */
  claim(alert: string, channel: string): Promise<'claimed' | 'told'>;
  /** The claimed alert was sent. */
  confirm(alert: string, channel: string): Promise<void>;
  /** The claimed alert was not sent: the next may try at once. */
  release(alert: string, channel: string): Promise<void>;
  /** Of each of these alerts, the channels that it was confirmed for, as far as that was not long ago. */
  told(alerts: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** Whether this alert is among the first `most` of its cause; the same answer however often it is asked. */
  admit(cause: string, alert: string, most: number): Promise<boolean>;
  /** Puts a transition on a pile, in a group that is told as one. A repetition replaces. */
  hold(pile: Pile, group: string, brief: Brief): Promise<void>;
  /** What is on a pile, group by group. */
  held(pile: Pile): AsyncIterable<{ readonly group: string; readonly brief: Brief }>;
  /** Takes transitions of a group off a pile. */
  drop(pile: Pile, group: string, briefs: readonly Brief[]): Promise<void>;
  /** Puts off what a channel did not take. A repetition replaces. */
  putOff(channel: string, transition: Transition): Promise<void>;
  /** What a channel has to catch up with, in the order of its looks. */
  putOffs(channel: string): AsyncIterable<Transition>;
  /** A transition that was put off is told. */
  caughtUp(channel: string, transition: Transition): Promise<void>;
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
