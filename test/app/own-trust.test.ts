import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { lookAt } from '../../shared/app/look.ts';
import { surroundingsOf } from '../../shared/app/surroundings.ts';
import { loadTrust, type TrustConfig } from '../../shared/config/trust.ts';
import { isExpected } from '../../shared/findings/expected.ts';
import { eventsBus } from '../../shared/kinds/events-bus.ts';
import { iamRole } from '../../shared/kinds/iam-role.ts';
import type { Kind } from '../../shared/kinds/kind.ts';

const [production, security, organization] = ['111122223333', '444455556666', 'o-exampleorg1'] as const;

/** A template with what CloudFormation would fill in, as deploy/README.md says. */
function filledIn(value: unknown): unknown {
  const values: Readonly<Record<string, string>> = {
    'AWS::Partition': 'aws',
    SecurityAccountId: security,
    OrganizationId: organization,
    AuditorRoles: 'trustwatch-*',
  };
  if (Array.isArray(value)) return value.map(filledIn);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::Sub': text, 'Fn::If': either } = value as Record<string, never>;
  if (Ref !== undefined) return values[Ref];
  if (text !== undefined)
    return String(text).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => values[name] ?? '');
  if (either !== undefined) return filledIn(either[2]);
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, filledIn(held)]));
}

const template = parse(readFileSync('deploy/member-account.yml', 'utf8'));
const auditRole = filledIn(template.Resources.AuditRole.Properties.AssumeRolePolicyDocument);

const bus = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OnlyTheOrganization',
      Effect: 'Allow',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: `arn:aws:events:eu-west-1:${security}:event-bus/trustwatch-prod`,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } },
    },
  ],
};

const accounts = [
  {
    id: production,
    state: 'ACTIVE',
    paths: [`${organization}/r-ab12/ou-ab12-33333333/${production}/`],
    tags: {},
  },
  { id: security, state: 'ACTIVE', paths: [`${organization}/r-ab12/${security}/`], tags: {} },
];

/** What trustwatch finds in its own trust. */
async function found(trust: TrustConfig, kind: Kind, account: string, arn: string, policy: unknown) {
  const known = { id: organization, managementAccount: '999999999999', accounts, controls: [] };
  const { administers: _, ...rest } = kind;
  const text = JSON.stringify(policy);
  const looking = {
    kind: { ...rest, policy: async () => ({ policies: [{ name: 'policy', text }] }) },
    place: { partition: 'aws', account, region: 'eu-west-1' },
    connection: undefined,
    cause: { by: 'audit', audit: 'a-1' },
    surroundings: surroundingsOf(known, new Map(), trust, new Date('2026-06-01')),
    at: '2026-06-01T00:00:00.000Z',
  } as const;
  const { findings } = await lookAt(looking, { arn });
  return findings.map((finding) => `${isExpected(finding) ? 'expected' : 'open'} ${finding.title}`);
}

const roleArn = `arn:aws:iam::${production}:role/trustwatch-audit`;
const busArn = `arn:aws:events:eu-west-1:${security}:event-bus/trustwatch-prod`;
const example = loadTrust(readFileSync('trust.example.yml', 'utf8'), 'trust.example.yml');

test('trust.yml says that production trusts the auditor, and that the organization writes on its bus', async () => {
  expect(await found(example, iamRole, production, roleArn, auditRole)).toEqual([]);
  expect(await found(example, eventsBus, security, busArn, bus)).toEqual([
    `expected Organization ${organization} can write to events:bus event-bus/trustwatch-prod of account ${security}, across the boundary of security`,
  ]);
});

test('nothing of it is skipped where trust.yml does not say so', async () => {
  const boundaries = example.boundaries.map((boundary) => ({ ...boundary, trusts: [] }));
  const silent = { ...example, boundaries, expected: [] };
  expect(await found(silent, iamRole, production, roleArn, auditRole)).toEqual([
    expect.stringMatching(/^open .* across the boundary of production$/),
  ]);
  expect(await found(silent, eventsBus, security, busArn, bus)).toEqual([
    expect.stringMatching(/^open .* across the boundary of security$/),
  ]);
});
