import type { BatchImportFindingsCommandInput } from '@aws-sdk/client-securityhub';
import { OperationError } from '../errors.ts';
import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

type Findings = NonNullable<BatchImportFindingsCommandInput['Findings']>;

/**
 * Imports findings into Security Hub of the account itself, at most 100 a call. What was taken before a failure is
 * taken again under the same identity, which changes nothing.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function securityHub({ region, calls }: { readonly region: string; readonly calls: CallSettings }) {
  const connect = lazy(async () => {
    const sdk = await import('./sdk/securityhub.ts');
    return { sdk, client: new sdk.SecurityHubClient({ ...calls, region }) };
  });
  return async (findings: readonly Findings[number][]): Promise<void> => {
    const { sdk, client } = await connect();
    const { FailedCount = 0, FailedFindings = [] } = await client.send(
      new sdk.BatchImportFindingsCommand({ Findings: [...findings] }),
    );
    if (FailedCount === 0) return;
    const { Id, ErrorCode, ErrorMessage } = FailedFindings[0] ?? {};
    throw new OperationError(
      `Security Hub refused ${FailedCount} of ${findings.length} findings, \`${Id}\` first (${ErrorCode}: ${ErrorMessage})`,
      'enable Security Hub in the security account and region, or leave the channel off',
    );
  };
}
