import pLimit from 'p-limit';
import { InputError } from '../errors.ts';
import type { SkippedAccount, UnreadAccount } from '../findings/coverage.ts';
import type { Cause, Change, Unread } from '../findings/finding.ts';
import { homeRegion } from '../iam/place.ts';
import type { AuditPlan, AuditScope, PlannedPlace, Reach } from './audit-ports.ts';
import { enabledRegions } from './enabled-regions.ts';
import { selectKinds } from './kind-selection.ts';
import { readLook, unreadLook } from './look.ts';
import { type Mentions, placesNaming } from './mentions.ts';
import type { Account, LearnedAccounts, Ports, Session, Store } from './ports.ts';

/** Accounts whose regions are read at a time. */
const accountConcurrency = 16;

export interface AuditRequest extends AuditScope {
  /** The audit's id: unique, of letters, digits and `-`; it names files. */
  readonly audit: string;
  /** The change that it is started for. */
  readonly cause?: Change;
}

type PlanPorts = Pick<
  Ports,
  'kinds' | 'organization' | 'sessions' | 'store' | 'auditLog' | 'zones' | 'clock' | 'log'
>;

async function allAccounts({ organization }: PlanPorts): Promise<readonly Account[]> {
  const accounts: Account[] = [];
  for await (const account of organization.accounts()) accounts.push(account);
  return accounts;
}

function requireKnown(accounts: readonly Account[], named: readonly string[] | undefined): void {
  const unknown = named?.find((id) => !accounts.some((account) => account.id === id));
  if (unknown !== undefined)
    throw new InputError(
      'accounts',
      `the organization has no account \`${unknown}\``,
      'name one that it lists',
    );
}

/** A region that no account has is a mistake; when no account can be read, we cannot know. */
function requireEnabled(accounts: readonly ReadableAccount[], named: readonly string[] | undefined): void {
  const unknown = named?.find((region) => accounts.every(({ enabled }) => !enabled.includes(region)));
  if (unknown !== undefined && accounts.length > 0)
    throw new InputError('regions', `no account has the region \`${unknown}\` enabled`, 'name one that is');
}

/** Why an account is listed and not swept; undefined for those that are. */
function whyNot({ id, state }: Account, { accounts, about }: AuditScope, naming: readonly Mentions[]) {
  if (state !== 'ACTIVE') return state.toLowerCase().replaceAll('_', ' ');
  if (about !== undefined && !about.includes(id) && !naming.some(({ account }) => account === id))
    return 'not concerned';
  return accounts === undefined || accounts.includes(id) ? undefined : 'not named by the command';
}

/** Where policies name one of the accounts that the audit is about, and only kinds that there are. */
async function namingPlaces({ store, zones, kinds }: PlanPorts, { about }: AuditScope) {
  if (about === undefined) return [];
  const { canonicalUsers } = await zones.zone();
  const known = new Set(kinds.map(({ id }) => id));
  const naming = await placesNaming(store, about, canonicalUsers);
  return naming
    .map(({ kinds: named, ...place }) => ({
      ...place,
      kinds: new Set([...named].filter((id) => known.has(id))),
    }))
    .filter((place) => place.kinds.size > 0);
}

/** The places of one account: its regions, and in the home region the kinds of the whole account. */
function placesOf(
  { session: { account, partition }, enabled }: ReadableAccount,
  reaches: ReadonlySet<Reach>,
  { regions, kinds, about }: AuditScope,
  naming: readonly Mentions[],
): readonly PlannedPlace[] {
  if (about !== undefined && !about.includes(account))
    return naming
      .filter(
        (place) => place.account === account && [homeRegion(partition), ...enabled].includes(place.region),
      )
      .map(({ kinds: named, ...place }) => ({
        ...place,
        reaches: [...reaches],
        kinds: [...named].toSorted(),
      }));
  const home = homeRegion(partition);
  const wanted = (region: string) => regions === undefined || regions.includes(region);
  return [...new Set([home, ...enabled])].toSorted().flatMap((region) => {
    const here: Reach[] = [];
    if (region === home && reaches.has('global')) here.push('global');
    if (enabled.includes(region) && wanted(region) && reaches.has('regional')) here.push('regional');
    const whole = kinds === undefined && wanted(region) && ({ whole: true } as const);
    return here.length === 0 ? [] : [{ partition, account, region, reaches: here, ...whole }];
  });
}

/** Adds the gap of a subject that cannot be read, or takes it away when it can be again. */
async function settleGap(store: Store, look: ReturnType<typeof readLook>): Promise<void> {
  const isNews = look.sight.state === 'unread' || (await store.read(look.subject))?.findings.length;
  if (isNews) await store.settle(look);
}

/** An account that can be read, the regions that it has enabled, and its name in ACLs where S3 tells that. */
interface ReadableAccount {
  readonly session: Session;
  readonly enabled: readonly string[];
  readonly canonicalUser: string | undefined;
}

/** Whether an account can be read. Its gap is settled either way. */
async function openAccount(
  ports: PlanPorts,
  { id: account }: Account,
  cause: Cause,
): Promise<ReadableAccount | UnreadAccount> {
  const at = ports.clock.now().toISOString();
  const subject = { type: 'account', account } as const;
  const session = await ports.sessions.assume(account);
  const enabled = 'reason' in session ? session : await enabledRegions(session);
  if ('reason' in session || 'reason' in enabled) {
    const unread = 'reason' in session ? session : (enabled as Unread);
    await settleGap(ports.store, unreadLook(subject, at, cause, unread));
    return { account, unread };
  }
  await settleGap(ports.store, readLook(subject, at, cause));
  const canonicalUser = await session.canonicalUser().catch(() => undefined);
  return { session, enabled, canonicalUser };
}

const learnedFrom = (accounts: readonly ReadableAccount[], at: string): LearnedAccounts =>
  new Map(
    accounts.map(({ session, enabled, canonicalUser }) => {
      const regions = Object.fromEntries(enabled.map((region) => [region, at]));
      return [session.account, { ...(canonicalUser && { canonicalUser }), regions }];
    }),
  );

/** A configuration that could not be taken over is a gap: the last good one is at work. */
async function settleConfiguration(
  { store, clock, log }: PlanPorts,
  problem: string | undefined,
  cause: Cause,
): Promise<void> {
  const at = clock.now().toISOString();
  const subject = { type: 'configuration' } as const;
  if (problem === undefined) return settleGap(store, readLook(subject, at, cause));
  log.warn('the configuration has a problem', { problem });
  await store.settle(unreadLook(subject, at, cause, { reason: 'malformed', message: problem }));
}

/**
 * Plans an audit: every active account of the scope in every region that it has enabled. Accounts that are not
 * active are listed, not swept; an account without session or regions is a gap, and the others go on.
 */
export async function planAudit(ports: PlanPorts, request: AuditRequest): Promise<AuditPlan> {
  const { audit, cause: change, ...scope } = request;
  const cause = change ?? ({ by: 'audit', audit } as const);
  const startedAt = ports.clock.now().toISOString();
  const kinds = selectKinds(ports.kinds, scope.kinds);
  const reaches = new Set(kinds.map(({ reach }) => reach));
  const organization = await ports.organization.describe();
  const accounts = await allAccounts(ports);
  requireKnown(accounts, scope.accounts);
  const naming = await namingPlaces(ports, scope);
  const skipped: readonly SkippedAccount[] = accounts.flatMap((account) => {
    const why = whyNot(account, scope, naming);
    return why === undefined ? [] : [{ account: account.id, name: account.name, why }];
  });
  const swept = accounts.filter((account) => whyNot(account, scope, naming) === undefined);
  const opened = await pLimit(accountConcurrency).map(swept, (account) => openAccount(ports, account, cause));
  const readable = opened.filter((each) => 'session' in each);
  requireEnabled(readable, scope.regions);
  // Before the first sweep: whom an ACL names must not depend on the order of the sweeps.
  await ports.zones.learn(learnedFrom(readable, startedAt));
  const { expected, problem } = await ports.zones.zone('now');
  const plannedAt = ports.clock.now().toISOString();
  await settleConfiguration(ports, problem, cause);
  const plan: AuditPlan = {
    audit,
    startedAt,
    plannedAt,
    organization: organization.id,
    ...(change && { cause: change }),
    scope,
    expected,
    accounts: accounts.map(({ id, name }) => ({ account: id, name })),
    places: readable.flatMap((account) => placesOf(account, reaches, scope, naming)),
    skipped,
    unread: opened.filter((each) => 'unread' in each),
  };
  await ports.auditLog.writePlan(plan);
  ports.log.info('audit planned', { audit, places: plan.places.length, unread: plan.unread.length });
  return plan;
}
