import type { BatchImportFindingsCommandInput } from '@aws-sdk/client-securityhub';
import { PartlyTold } from '../errors.ts';
import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

type Findings = NonNullable<BatchImportFindingsCommandInput['Findings']>;

/**
 * Imports findings into Security Hub of the account itself, at most 100 a call.
 * @throws PartlyTold when it refuses some of them
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
    const refused = new Set(FailedFindings.map(({ Id }) => Id));
    const taken = findings.flatMap(({ Id }, place) => (refused.has(Id) ? [] : [place]));
    const { Id, ErrorCode, ErrorMessage } = FailedFindings[0] ?? {};
    throw new PartlyTold(
      new Set(FailedFindings.length === FailedCount ? taken : []),
      `Security Hub refused ${FailedCount} of ${findings.length} findings, \`${Id}\` first (${ErrorCode}: ${ErrorMessage})`,
    );
  };
}
