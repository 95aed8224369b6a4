import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import type { DecisionInput } from '../../shared/access/decision.ts';
import type { Outsider } from '../../shared/access/grant.ts';

/**
 * A case: a policy, and who gets in by it. In YAML, where every scalar is text (an account id keeps its zeros).
 *
 * Left out, these stand: the owner 111122223333 in the zone o-abc1234567 with the accounts 111122223333 and
 * 444455556666; the kind's resource and one action of it; `Effect: Allow`; version 2012-10-17.
 */
const text = z.string();
const values = z.union([text, z.array(text)]);
const element = z.union([text, z.record(text, values)]);

const statement = z.strictObject({
  Sid: text.optional(),
  Effect: z.enum(['Allow', 'Deny']).default('Allow'),
  Principal: element.optional(),
  NotPrincipal: element.optional(),
  Action: values.optional(),
  NotAction: values.optional(),
  Resource: values.optional(),
  NotResource: values.optional(),
  Condition: z.record(text, z.record(text, values)).optional(),
});

const tenant = z.strictObject({ provider: text, claim: text.optional(), value: text.optional() });

const zone = z.strictObject({
  organization: text.optional(),
  accounts: z.array(text).default([]),
  organizationPaths: z.array(text).default([]),
  organizations: z.array(text).optional(),
  federatedTenants: z.array(tenant).optional(),
  canonicalUsers: z.array(text).optional(),
});

const outsider = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('anyone') }),
  z.strictObject({ type: z.literal('any-account') }),
  z.strictObject({ type: z.literal('account'), account: text, principal: text.optional() }),
  z.strictObject({ type: z.literal('account-pattern'), pattern: text }),
  z.strictObject({ type: z.literal('organization'), organization: text }),
  z.strictObject({ type: z.literal('service'), service: text, source: text }),
  z.strictObject({ type: z.literal('federated'), provider: text, subject: text }),
  z.strictObject({ type: z.literal('canonical-user'), id: text }),
]);

const settings = z.enum([
  'ignorePublicAcls',
  'restrictPublicBuckets',
  'blockPublicAcls',
  'blockPublicPolicy',
]);

const written = z.strictObject({
  name: text,
  kind: text.optional(),
  resource: text.optional(),
  owner: text.optional(),
  zone: zone.optional(),
  version: z.enum(['2012-10-17', '2008-10-17', 'none']).optional(),
  statements: z.union([statement, z.array(statement)]),
  acl: z.array(statement).optional(),
  controls: z.array(statement).optional(),
  blockPublicAccess: z.array(settings).optional(),
  outsiders: z.array(outsider),
  notes: z.array(text).optional(),
  why: text.optional(),
});

const file = z.strictObject({ about: text, kind: text, why: text, cases: z.array(written) });

export interface Case {
  readonly name: string;
  readonly input: DecisionInput;
  readonly outsiders: readonly Outsider[];
  readonly notes: readonly string[];
  readonly why: string;
}

const [region, owner] = ['eu-west-1', '111122223333'];

/** What stands for a kind's resource and action when a case does not care. */
const kinds: Readonly<Record<string, { arn: string; action: string; resource?: string }>> = {
  'iam:role': { arn: `arn:aws:iam::${owner}:role/deploy`, action: 'sts:AssumeRole' },
  's3:bucket': {
    arn: 'arn:aws:s3:::acme-data',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::acme-data/*',
  },
  'kms:key': { arn: `arn:aws:kms:${region}:${owner}:key/1234abcd`, action: 'kms:Decrypt', resource: '*' },
  'sqs:queue': { arn: `arn:aws:sqs:${region}:${owner}:orders`, action: 'sqs:SendMessage' },
  'sns:topic': { arn: `arn:aws:sns:${region}:${owner}:alerts`, action: 'sns:Publish' },
  'lambda:function': {
    arn: `arn:aws:lambda:${region}:${owner}:function:resize`,
    action: 'lambda:InvokeFunction',
  },
  'secretsmanager:secret': {
    arn: `arn:aws:secretsmanager:${region}:${owner}:secret:db-AbCdEf`,
    action: 'secretsmanager:GetSecretValue',
    resource: '*',
  },
  'ecr:repository': { arn: `arn:aws:ecr:${region}:${owner}:repository/web`, action: 'ecr:BatchGetImage' },
  'dynamodb:table': { arn: `arn:aws:dynamodb:${region}:${owner}:table/carts`, action: 'dynamodb:GetItem' },
  'events:bus': { arn: `arn:aws:events:${region}:${owner}:event-bus/main`, action: 'events:PutEvents' },
};

const withoutResource = ['iam:role', 'ecr:repository'];

type Written = z.infer<typeof written>;
type WrittenStatement = z.infer<typeof statement>;

function policyText(
  given: WrittenStatement | WrittenStatement[],
  kind: string,
  { resource, version }: Written,
): string {
  const usual = kinds[kind];
  const filled = [given].flat().map((one) => ({
    ...one,
    ...(one.Action === undefined && one.NotAction === undefined && { Action: usual?.action ?? '*' }),
    ...(one.Resource === undefined &&
      one.NotResource === undefined &&
      !withoutResource.includes(kind) && { Resource: usual?.resource ?? resource ?? usual?.arn ?? '*' }),
  }));
  const Statement = Array.isArray(given) ? filled : filled[0];
  return JSON.stringify(version === 'none' ? { Statement } : { Version: version ?? '2012-10-17', Statement });
}

const usualZone = { organization: 'o-abc1234567', accounts: [owner, '444455556666'], organizationPaths: [] };

function inputOf(given: Written, kind: string): DecisionInput {
  const { acl, controls, blockPublicAccess: on } = given;
  const resource = { kind, arn: given.resource ?? kinds[kind]?.arn ?? '', owner: given.owner ?? owner };
  const control = (statement: WrittenStatement) => ({ Principal: '*', Resource: '*', ...statement });
  return {
    resource,
    policies: [
      { name: 'policy', text: policyText(given.statements, kind, given) },
      ...(acl === undefined ? [] : [{ name: 'acl', text: policyText(acl, kind, given) }]),
    ],
    ...(controls !== undefined && {
      resourceControlPolicies: [{ name: 'control', text: policyText(controls.map(control), kind, given) }],
    }),
    ...(on !== undefined && {
      blockPublicAccess: {
        blockPublicAcls: on.includes('blockPublicAcls'),
        ignorePublicAcls: on.includes('ignorePublicAcls'),
        blockPublicPolicy: on.includes('blockPublicPolicy'),
        restrictPublicBuckets: on.includes('restrictPublicBuckets'),
      },
    }),
    zone: (given.zone ?? usualZone) as DecisionInput['zone'],
  };
}

const folder = new URL('./', import.meta.url);

/** The cases of one file. */
export function casesIn(name: string): readonly Case[] {
  const { kind, why, cases } = file.parse(
    parse(readFileSync(new URL(name, folder), 'utf8'), { schema: 'failsafe' }),
  );
  return cases.map((given) => ({
    name: given.name,
    input: inputOf(given, given.kind ?? kind),
    outsiders: given.outsiders as readonly Outsider[],
    notes: given.notes ?? [],
    why: given.why ?? why,
  }));
}

/** The names of all case files. */
export const caseFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();
