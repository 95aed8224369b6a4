import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { DecisionInput } from '../../shared/access/decision.ts';
import type { Outsider } from '../../shared/access/grant.ts';
import { file, type Written, type WrittenStatement } from './format.ts';

export interface Case {
  readonly name: string;
  readonly input: DecisionInput;
  readonly outsiders: readonly Outsider[];
  /** The types of all notes, where the case says them. */
  readonly notes: readonly string[] | undefined;
  /** What the remaining conditions pin down, by key, where the case says it. */
  readonly bounds: Readonly<Record<string, string>> | undefined;
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
  const { acl, controls, attachedTo, parts = [], blockPublicAccess: on } = given;
  const resource = { kind, arn: given.resource ?? kinds[kind]?.arn ?? '', owner: given.owner ?? owner };
  const control = (statement: WrittenStatement) => ({
    Principal: '*',
    ...(statement.NotResource === undefined && { Resource: '*' }),
    ...statement,
  });
  return {
    resource,
    policies: [
      { name: 'policy', text: policyText(given.statements, kind, given), ...(attachedTo && { attachedTo }) },
      ...parts.map((part) => ({ ...part, text: policyText(part.statements, kind, given) })),
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
    notes: given.notes,
    bounds: given.bounds,
    why: given.why ?? why,
  }));
}

/** The names of all case files. */
export const caseFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();
