import type { AuditPorts } from '../../shared/app/audit.ts';
import type { Surroundings } from '../../shared/app/ports.ts';
import { accountFile } from '../../shared/aws/account-file.ts';
import { memoryAuditLog } from '../../shared/aws/memory-audit-log.ts';
import { memoryStore } from '../../shared/aws/memory-store.ts';
import type { Deployer } from '../../shared/findings/deployer.ts';
import type { Transition } from '../../shared/findings/record.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { iamRole } from '../../shared/kinds/iam-role.ts';
import { collect } from '../../shared/kinds/pages.ts';
import { sqsQueue } from '../../shared/kinds/sqs-queue.ts';
import { openWorld, type World } from './world.ts';

/** Ports over worlds, and what the use cases told. */
export interface Bench {
  readonly ports: AuditPorts;
  /** From now on the accounts are these. */
  become(world: World): void;
  /** From now on that many days pass before the clock is looked at again. */
  waitDays(days: number): void;
  /** From now on these accounts are inside, and no others. */
  trustOnly(...accounts: readonly string[]): void;
  /** From now on these change trustwatch itself on purpose. */
  expectDeployers(...expected: readonly Deployer[]): void;
  /** What the store's stream gives to publish since the last call, in words. */
  news(): readonly string[];
  readonly told: Transition[];
  readonly files: Map<string, string>;
  readonly lines: string[];
}

/** Surroundings of nothing but an empty zone. */
export const calm: Surroundings = {
  zone: { accounts: [], organizationPaths: [] },
  members: new Map(),
  former: new Map(),
  canonicalUsers: new Map(),
  enabledRegions: new Map(),
  controls: () => [],
  expected: [],
  boundaries: () => [],
  namelessAccounts: 0,
  vendors: new Map(),
  deployers: [],
  overdueDays: 7,
};

const inWords = ({ status, finding }: Transition) => `${status} ${finding.title}`;

/** A bench with one store and a clock that goes on a second with each look at it. */
export function openBench(first: World): Bench {
  let world = openWorld(first);
  let inside: readonly string[] = ['111111111111', '111111111112'];
  let deployers: readonly Deployer[] = [];
  const kept = new Map<string, string>();
  const accounts = accountFile({
    async read(name) {
      const text = kept.get(name);
      return text === undefined ? { state: 'missing' } : { state: 'found', text, tag: '' };
    },
    write: async (name, text) => {
      kept.set(name, text);
      return name;
    },
  });
  let seconds = 0;
  const told: Transition[] = [];
  let heard = 0;
  const files = new Map<string, string>();
  const lines: string[] = [];
  const line = (message: string, fields?: object) =>
    void lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  return {
    told,
    files,
    lines,
    become(next) {
      world = openWorld(next);
    },
    waitDays(days) {
      seconds += days * 86_400;
    },
    trustOnly(...accounts) {
      inside = accounts;
    },
    expectDeployers(...expected) {
      deployers = expected;
    },
    news() {
      const words = told.slice(heard).map(inWords).toSorted();
      heard = told.length;
      return words;
    },
    ports: {
      kinds: [iamRole, sqsQueue],
      organization: {
        describe: () => world.organization.describe(),
        accounts: () => world.organization.accounts(),
        resourceControlPolicies: async () => [],
        resourceControlPolicyIds: async () => [],
        tags: async () => ({ tags: {} }),
      },
      sessions: {
        async assume(account) {
          const session = await world.sessions.assume(account);
          // A session outlives changes of the world, and its clients see them.
          return 'reason' in session
            ? session
            : { ...session, open: (region) => world.open(account, region) };
        },
      },
      store: memoryStore((before, after) => told.push(...transitions(before, after))),
      auditLog: memoryAuditLog(),
      reports: {
        async write(_, name, content) {
          files.set(name, content);
          return name;
        },
      },
      zones: {
        zone: async () => ({
          ...calm,
          members: new Map((await collect(world.organization.accounts())).map((each) => [each.id, each])),
          deployers,
          enabledRegions: new Map([...(await accounts.read())].map(([id, { regions }]) => [id, regions])),
          zone: { organization: 'o-acme000001', accounts: inside, organizationPaths: [] },
        }),
        learn: accounts.learn,
      },
      clock: {
        now() {
          seconds += 1;
          return new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
        },
      },
      log: { info: line, warn: line },
    },
  };
}
