import type { Plant } from './plant.ts';
import { stores } from './stores.ts';
import { streams } from './streams.ts';
import { workloads } from './workloads.ts';

/**
 * By kind, what one of the emulators serves. For the others there is none that does: backup vaults' policies,
 * CodeArtifact, CodeBuild's policies, shared directories, ECR Public, the catalog policies of Glue, principals of RAM,
 * Redshift's shares and authorizations, directory buckets and Parameter Store's policies rest on recorded answers.
 */
export const plants: Readonly<Record<string, Plant>> = { ...stores, ...streams, ...workloads };

/** Those that the emulator of the security account serves, and that of member accounts does not. */
export const plantedInSecurityAccount: ReadonlySet<string> = new Set([
  'dsql:cluster',
  'kinesis:consumer',
  's3tables:table',
  's3tables:table-bucket',
]);
