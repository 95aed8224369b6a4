import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { inject } from 'vitest';
import { config } from './clients.ts';
import { root } from './deploy.ts';
import { plantedInSecurityAccount, plants } from './kind-plants/index.ts';

/** The kinds that the emulator of member accounts serves. */
export const servedKinds = Object.keys(plants).filter((id) => !plantedInSecurityAccount.has(id));

/** What most audits of the tests read: two regions, and the kinds of which something is planted in the organization. */
export const scope = {
  regions: ['eu-west-1', 'us-east-1'],
  kinds: [...new Set(inject('world').planted.map(({ kind }) => kind))],
};

/** What the deployed stack gave as outputs. */
const output = (name: string) => inject('stack')[name] ?? '';

/** Asks again until it is there. */
export async function eventually<T>(
  what: string,
  withinMs: number,
  ask: () => Promise<T | undefined>,
  againAfterMs = 250,
): Promise<T> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(againAfterMs)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`${what}: not within ${withinMs} ms`);
}

/** The part of report.json that the tests read. */
export interface Report {
  readonly findings: readonly {
    readonly status: string;
    readonly kind: string;
    readonly resource: string;
    readonly title: string;
    readonly account: string;
    readonly outsider: { readonly type: string; readonly account?: string };
  }[];
  readonly gaps: readonly { readonly status: string; readonly reason: string; readonly subject: unknown }[];
  readonly coverage: {
    readonly places: readonly {
      readonly account: string;
      readonly region: string;
      readonly kinds: readonly {
        readonly kind: string;
        readonly outcome: string;
        readonly unreadResources: number;
      }[];
    }[];
    readonly unreadAccounts: readonly { readonly account: string; readonly reason: string }[];
  };
}

/** The report of a finished audit. */
export async function reportOf(audit: string): Promise<Report> {
  const key = { Bucket: output('BucketName'), Key: `audits/${audit}/report.json` };
  const { Body } = await new S3Client(config).send(new GetObjectCommand(key));
  return JSON.parse((await Body?.transformToString()) ?? '');
}

/** Puts a trust.yml where the functions look for it: audits go by it from now on, and changes within a minute. */
export async function putTrust(trust: object): Promise<void> {
  // JSON is YAML too.
  const object = { Bucket: output('BucketName'), Key: 'trust.yml', Body: JSON.stringify(trust) };
  await new S3Client(config).send(new PutObjectCommand(object));
}

/** Runs the state machine to its end and reads the report. */
export async function audit(name: string, asked: object = scope): Promise<Report> {
  const client = new SFNClient(config);
  const { executionArn } = await client.send(
    new StartExecutionCommand({
      stateMachineArn: output('AuditMachineArn'),
      name,
      input: JSON.stringify(asked),
    }),
  );
  const { status, error, cause } = await eventually(`the end of audit ${name}`, 120_000, async () => {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status === 'RUNNING' ? undefined : execution;
  });
  if (status !== 'SUCCEEDED') throw new Error(`audit ${name} ${status}: ${error} ${cause}`);
  return reportOf(name);
}

/** Puts a CloudTrail record on the bus, as the rule of a member account does. */
export async function putChange(detail: Readonly<Record<string, unknown>>): Promise<void> {
  const Source = `aws.${String(detail.eventSource).split('.')[0]}`;
  await new EventBridgeClient(config).send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: output('BusArn'),
          Source,
          DetailType: 'AWS API Call via CloudTrail',
          Detail: JSON.stringify(detail),
        },
      ],
    }),
  );
}

/** The functions of the stack. */
const functions = [
  'on-change',
  'plan-audit',
  'sweep-place',
  'finish-audit',
  'find-overdue',
  'publish',
  'tell-pile',
] as const;

export type FunctionName = (typeof functions)[number];

export const functionName = (name: FunctionName) => `trustwatch-prod-${name}`;

/** The archive that was deployed as a function. */
export const archiveOf = (name: FunctionName) => readFileSync(resolve(root, `.serverless/${name}.zip`));

/**
 * Starts functions anew, as AWS does now and then: what they keep in memory, sessions above all, is gone, and one that is
 * at work dies of it.
 */
export async function startAnew(names: readonly FunctionName[] = functions): Promise<void> {
  const client = new LambdaClient(config);
  await Promise.all(
    names.map((name) =>
      client.send(
        new UpdateFunctionCodeCommand({ FunctionName: functionName(name), ZipFile: archiveOf(name) }),
      ),
    ),
  );
}

/** Runs a function as its schedule does, and gives what it returns. */
export async function invoke(name: FunctionName, event: object = {}): Promise<unknown> {
  const Payload = Buffer.from(JSON.stringify(event));
  const answer = await new LambdaClient(config).send(
    new InvokeCommand({ FunctionName: functionName(name), Payload }),
  );
  const returned = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
  if (answer.FunctionError) throw new Error(`${name} failed: ${JSON.stringify(returned)}`);
  return returned;
}

/** Tells what waits on a pile, as the schedules do. */
export const tellPile = (pile: 'storm' | 'digest' | 'late') => invoke('tell-pile', { pile });
