import { surroundingsOf } from '../../../shared/app/surroundings.ts';
import { sweepPlace } from '../../../shared/app/sweep-place.ts';
import { callSettings } from '../../../shared/aws/client-settings.ts';
import type { Recording } from '../../../shared/aws/recording.ts';
import { assumedSessions } from '../../../shared/aws/sessions.ts';
import { loadTrust } from '../../../shared/config/trust.ts';
import { kinds } from '../../../shared/kinds/index.ts';
import { answeredBy } from '../../world/fake-aws.ts';
import type { Resource, World } from '../../world/resources.ts';

const account = '111122223333';
const region = 'us-east-1';
const each = Number(process.argv[2]);

const statement = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: '*',
  Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
} as const;
const policy = { Version: '2012-10-17', Statement: Array.from({ length: 5 }, () => statement) };

/** As many of every sort, each with a policy of a kilobyte. */
const resources = Array.from({ length: each }, (_, index): readonly Resource[] => {
  const place = { region, name: `resource-${index}`, policy };
  return [
    { kind: 'role', name: place.name, trust: policy },
    { kind: 'bucket', ...place },
    { kind: 'key', ...place },
    { kind: 'function', ...place },
    ...(['queue', 'topic', 'secret', 'repository', 'table'] as const).map((kind) => ({ kind, ...place })),
  ];
}).flat();

const world: World = {
  organization: 'o-exampleorg1',
  managementAccount: account,
  caller: account,
  regions: [region],
  auditRole: 'trustwatch-audit',
  accounts: [{ id: account, name: 'bench', unit: '', state: 'ACTIVE', resources, faults: [] }],
  controls: [],
};

let calls = 0;
const answers = answeredBy(world);
const recording: Recording = {
  attach(client, speaker) {
    answers.attach(client, speaker);
    const count = (next: (args: unknown) => unknown) => (args: unknown) => {
      calls += speaker.account === account ? 1 : 0;
      return next(args);
    };
    client.middlewareStack.add(count as never, { step: 'initialize', priority: 'high' });
  },
};

const clock = { now: () => new Date() };
const known = { id: world.organization, managementAccount: account, controls: [] };
const accounts = [{ id: account, state: 'ACTIVE', paths: [] }];
const nothingTrusted = loadTrust('', 'trust.yml');
const looks = { present: 0, absent: 0, unread: 0, read: 0, departed: 0 };

const sweep = {
  audit: 'bench',
  place: { partition: 'aws', account, region, reaches: ['global', 'regional'] },
} as const;

const started = performance.now();
await sweepPlace(
  {
    kinds,
    sessions: assumedSessions({
      region,
      roleName: world.auditRole,
      sessionName: 'bench',
      calls: callSettings(),
      recording,
      credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'x' }),
    }),
    // The table keeps what was seen, not the function.
    store: {
      read: async () => undefined,
      async settle({ sight }) {
        looks[sight.state] += 1;
        return 'settled';
      },
      async *records() {},
      async *all() {},
    },
    auditLog: {
      writePlan: async () => {},
      readPlan: () => Promise.reject(new Error('a sweep reads no plan')),
      writeCoverage: async () => {},
      async *readCoverage() {},
    },
    zones: {
      zone: async () => surroundingsOf({ ...known, accounts }, new Map(), nothingTrusted, clock.now()),
      learn: async () => {},
    },
    clock,
    log: { info() {}, warn() {} },
  },
  sweep,
  () => 900_000,
);
const seconds = (performance.now() - started) / 1000;
const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(
  JSON.stringify({
    kinds: kinds.length,
    resources: resources.length,
    ...looks,
    calls,
    seconds,
    peakMemoryMb,
  }),
);
