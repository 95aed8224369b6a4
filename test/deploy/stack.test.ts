import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const out = mkdtempSync(join(tmpdir(), 'package-'));

/** `npx osls package` as on a machine without credentials. */
const osls = (...args: readonly string[]) =>
  promisify(execFile)('npx', ['osls', 'package', '--package', out, ...args], {
    cwd: root,
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  });

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties are of any shape
  readonly Properties: any;
}

let resources: Readonly<Record<string, Resource>> = {};

const ofType = (type: string) => Object.values(resources).filter(({ Type }) => Type === type);

beforeAll(async () => {
  await osls('--param=organizationId=o-abc1234567', '--param=sweepConcurrency=7');
  const template = readFileSync(join(out, 'cloudformation-template-update-stack.json'), 'utf8');
  resources = JSON.parse(template).Resources;
}, 180_000);

test('only the organization may put events on the bus', () => {
  expect(resources.Bus?.Properties.Policy.Statement).toEqual([
    expect.objectContaining({
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } },
    }),
  ]);
});

test('every function has a role of its own, on arm64 and a runtime that is in force', () => {
  const functions = ofType('AWS::Lambda::Function').map(({ Properties }) => Properties);
  const folders = readdirSync(join(root, 'functions'));
  expect(functions).toHaveLength(folders.length);
  expect(new Set(functions.map(({ Role }) => JSON.stringify(Role))).size).toBe(folders.length);
  for (const { Runtime, Architectures } of functions)
    expect([Runtime, ...Architectures]).toEqual(['nodejs24.x', 'arm64']);
  expect(resources.IamRoleLambdaExecution).toBeUndefined();
});

test('no role has a wildcard for an action, nor reaches resources that it need not', () => {
  // What has no ARN to name, or is of another account.
  const unnamed = /^(organizations:.*|dynamodb:ListStreams)$/;
  // A statement that a parameter switches on: `Fn::If`, the condition, the statement, and nothing.
  const statements = ofType('AWS::IAM::Role').flatMap(({ Properties }) =>
    // biome-ignore lint/suspicious/noExplicitAny: as the template has them
    Properties.Policies.flatMap(({ PolicyDocument }: any) => PolicyDocument.Statement),
  );
  for (const statement of statements) {
    const { Action, Resource } = statement['Fn::If']?.[1] ?? statement;
    for (const action of [Action].flat()) {
      expect(action).not.toContain('*');
      if (Resource === '*') expect(action).toMatch(unnamed);
    }
  }
});

test('what is kept is encrypted, private, and outlives the stack', () => {
  for (const name of ['Table', 'Bucket'])
    expect(resources[name]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(resources.Bucket?.Properties.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  expect(resources.Table?.Properties.SSESpecification).toEqual({ SSEEnabled: true });
  for (const { Properties } of ofType('AWS::SQS::Queue')) expect(Properties.SqsManagedSseEnabled).toBe(true);
  for (const { Properties } of ofType('AWS::SNS::Topic')) expect(Properties).toHaveProperty('KmsMasterKeyId');
});

test('nothing that fails is lost in silence: each way out has its queue, and each queue its alarm', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
  const watched = JSON.stringify(alarms.map(({ Dimensions }) => Dimensions));
  for (const name of ['ChangeQueue', 'ChangeDeadLetters', 'PublishFailures']) expect(watched).toContain(name);
  for (const { Properties } of ofType('AWS::Events::Rule'))
    for (const target of Properties.Targets) expect(target).toHaveProperty('DeadLetterConfig');
});

test('the state machine is JSON when its substitutions are made', () => {
  const { DefinitionString, DefinitionSubstitutions } = resources.AuditMachine?.Properties ?? {};
  const text = Object.entries<unknown>(DefinitionSubstitutions).reduce(
    (definition, [name, value]) =>
      definition.replaceAll(`\${${name}}`, typeof value === 'object' ? name : String(value)),
    DefinitionString as string,
  );
  expect(JSON.parse(text).States.Sweep.MaxConcurrency).toBe(7);
});

test('a trust.yml with a mistake is refused with its line, column and remedy', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trust-')), 'trust.yml');
  writeFileSync(file, 'trusted:\n  accounts:\n    - account: "1234"\n      name: A\n      reason: b\n');
  const refused = await osls(`--param=trustFile=${file}`).catch(({ stderr, stdout }) => `${stderr}${stdout}`);
  expect(refused).toContain(`${file}:3:16: account \`1234\` has 4 digits`);
  expect(refused).not.toContain('    at ');
}, 60_000);
