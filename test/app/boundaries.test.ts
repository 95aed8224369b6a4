import { expect, test } from 'vitest';
import { audit } from '../../shared/app/audit.ts';
import { boundedZones } from '../../shared/app/bounded-zones.ts';
import type { Tags } from '../../shared/app/ports.ts';
import { surroundingsOf } from '../../shared/app/surroundings.ts';
import { loadTrust } from '../../shared/config/trust.ts';
import { openBench } from './bench.ts';
import { trusts } from './world.ts';

const [production, security, sandbox, vendor] = [
  '111111111111',
  '111111111112',
  '111111111113',
  '999999999999',
];
const unit = (name: string) => `o-acme000001/r-ab12/ou-ab12-${name}/`;
const accounts = [
  { id: production, state: 'ACTIVE', paths: [`${unit('11111111')}${production}/`] },
  { id: security, state: 'ACTIVE', paths: [`${unit('22222222')}${security}/`] },
  { id: sandbox, state: 'ACTIVE', paths: [`${unit('33333333')}${sandbox}/`] },
];
const text = `
boundaries:
  - name: production
    reason: holds the data of customers
    organizationPaths: [${unit('11111111')}]
    trusts: [security]
  - name: security
    reason: reads all of it
    accounts: [${security}]
trusted:
  accounts:
    - {account: ${vendor}, name: Vendor, reason: contract}
vendors:
  - {name: Globex, accounts: [222222222222]}
`;
const organization = { id: 'o-acme000001', managementAccount: security, accounts, controls: [] };
const users = new Map([
  [production, 'a1'],
  [sandbox, 'c3'],
]);
const learned = new Map([...users].map(([id, canonicalUser]) => [id, { canonicalUser, regions: {} }]));
const surroundings = (yaml = text) =>
  surroundingsOf(organization, learned, loadTrust(yaml, 'trust.yml'), new Date('2026-01-01'));

const anyOfOurs = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-acme000001' } },
    },
  ],
};

async function found(roles: Readonly<Record<string, object>>, owner = production, yaml = text) {
  const bench = openBench({ [owner]: { roles } });
  const zones = { ...bench.ports.zones, zone: async () => surroundings(yaml) };
  const { report } = await audit({ ...bench.ports, zones }, { audit: 'a-1', kinds: ['iam:role'] });
  return report.findings.map(({ finding: { arn, title, boundary, severity } }) => ({
    role: arn.split('/')[1],
    boundary,
    severity,
    title,
  }));
}

test('production may be trusted by production, security and whom trust.yml trusts, and by nobody else of ours', async () => {
  const roles = {
    own: trusts(production),
    audit: trusts(security),
    backup: trusts(vendor),
    lab: trusts(sandbox),
  };
  expect(await found(roles)).toEqual([
    {
      role: 'lab',
      boundary: 'production',
      severity: 'medium',
      title: `Account ${sandbox} can assume iam:role role/lab of account ${production}, across the boundary of production`,
    },
  ]);
});

test('members by tag are members, with their tag alone, and several boundaries hold at once', async () => {
  const tags: readonly Tags[] = [{ tier: 'production', name: 'x' }, { tier: 'production' }, {}];
  const tagged = accounts.map((account, index) => ({ ...account, tags: tags[index] ?? {} }));
  const yaml = `
boundaries:
  - name: tier
    reason: by tag
    tags: [{key: tier, value: production}]
  - name: unit
    reason: by unit
    organizationPaths: [${unit('11111111')}]
  - name: nobody
    reason: a name that every object has
    tags: [{key: toString, value: x}]
`;
  const trust = loadTrust(yaml, 'trust.yml');
  const { boundaries } = surroundingsOf(
    { ...organization, accounts: tagged },
    learned,
    trust,
    new Date('2026-01-01'),
  );
  const names = (owner: string) => boundaries(owner).map(({ name, zone }) => [name, ...zone.accounts]);
  expect(names(production)).toEqual([
    ['tier', production, security],
    ['unit', production],
  ]);
  expect(names(security)).toEqual([['tier', production, security]]);
  expect(names(sandbox)).toEqual([]);
});

test('the whole organization is beyond a boundary', async () => {
  const title = `Organization o-acme000001 can assume iam:role role/all of account ${production}, across the boundary of production`;
  expect(await found({ all: anyOfOurs })).toMatchObject([{ boundary: 'production', title }]);
  expect(await found({ all: anyOfOurs }, sandbox)).toEqual([]);
});

const everyone = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
};

test('who comes from outside is told once, as an outsider, by the name that a vendor has', async () => {
  expect(await found({ open: trusts('222222222222'), everyone })).toMatchObject([
    { role: 'everyone', boundary: undefined, severity: 'critical' },
    {
      role: 'open',
      boundary: undefined,
      severity: 'medium',
      title: expect.stringMatching(/^Account 222222222222 \(Globex\) can/),
    },
  ]);
});

test('a crossing is another finding than the grant to an outsider, and an expectation covers it too', async () => {
  const expected = `${text}
expected:
  - outsider: {type: account, account: ${sandbox}}
    kind: iam:role
    resource: arn:aws:iam::${production}:role/lab
    actions: [sts:AssumeRole]
    owner: lab
    reason: migration
    until: 2027-12-31
`;
  expect(await found({ lab: trusts(sandbox) }, production, expected)).toEqual([]);
});

test('an account whose unit is not known is in no boundary by unit, and the configuration says so', () => {
  const unknown = { ...organization, accounts: [{ id: production, state: 'ACTIVE', paths: [] }] };
  const { boundaries, problem } = surroundingsOf(
    unknown,
    learned,
    loadTrust(text, 'trust.yml'),
    new Date('2026-01-01'),
  );
  expect(boundaries(production)).toEqual([]);
  expect(problem).toContain('the organizational unit of 1 accounts is not known');
  expect(surroundings().problem).toBeUndefined();
});

test('the canonical users of the organization are inside, those of other members are not within a boundary', () => {
  const { zone, boundaries, namelessAccounts } = surroundings();
  expect(zone.canonicalUsers).toEqual(['a1', 'c3']);
  expect(boundaries(production).map(({ zone: { canonicalUsers } }) => canonicalUsers)).toEqual([['a1']]);
  expect(namelessAccounts).toBe(1);
});

test('a boundary of its own account alone trusts nobody else', () => {
  const alone = {
    name: 'alone',
    reason: 'x',
    accounts: [sandbox],
    organizationPaths: [],
    tags: [],
    trusts: [],
  };
  const zone = {
    organization: 'o-acme000001',
    accounts: [production, security, sandbox],
    organizationPaths: [],
  };
  expect(boundedZones([alone], accounts, zone, users)(sandbox)).toEqual([
    {
      name: 'alone',
      zone: {
        ownerOrganization: 'o-acme000001',
        accounts: [sandbox],
        organizationPaths: [],
        canonicalUsers: ['c3'],
      },
    },
  ]);
});

test.each([
  [text.replace('[security]', '[securty]'), 'there is no boundary `securty`; name one of this file'],
  [
    text.replace(/organizationPaths: .*/, 'accounts: []'),
    'boundary `production` has no members; name accounts',
  ],
  [text.replace('name: security', 'name: production'), 'name `production` is here twice'],
])('a boundary that would watch over nothing is refused', (yaml, message) => {
  expect(() => loadTrust(yaml, 'trust.yml')).toThrow(message);
});
