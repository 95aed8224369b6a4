import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { config } from './clients.ts';

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..');

/** The outputs of the deployed stack, by their names in deploy/resources. */
export type Stack = Readonly<Record<string, string>>;

/** `npx osls deploy`, as deploy/README.md says it, with the parameters given. */
export async function deploy(parameters: Readonly<Record<string, string | number>>): Promise<Stack> {
  const given = Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`);
  await promisify(execFile)('npx', ['osls', 'deploy', ...given], {
    cwd: root,
    env: { ...process.env, SLS_AWS_MONITORING_FREQUENCY: '1000' },
  }).catch((failure) => {
    throw new Error(`osls deploy failed:\n${failure.stdout}\n${failure.stderr}`);
  });
  return outputs('trustwatch-prod');
}

async function outputs(StackName: string): Promise<Stack> {
  const { Stacks } = await new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName }));
  const pairs = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
    OutputKey,
    OutputValue,
  ]);
  return Object.fromEntries(pairs);
}
