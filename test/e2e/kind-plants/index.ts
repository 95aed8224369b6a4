import type { Plant } from './plant.ts';
import { stores } from './stores.ts';
import { streams } from './streams.ts';
import { workloads } from './workloads.ts';

/** By kind, what one of the emulators serves. The others, for which there is none that does, rest on recorded answers. */
export const plants: Readonly<Record<string, Plant>> = { ...stores, ...streams, ...workloads };

/** Those that the emulator of the security account serves, and that of member accounts does not. */
export const plantedInSecurityAccount: ReadonlySet<string> = new Set([
  'dsql:cluster',
  'kinesis:consumer',
  's3tables:table',
  'logs:log-group',
  's3tables:table-bucket',
]);
