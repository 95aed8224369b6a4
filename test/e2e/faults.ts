import { endpoint } from './clients.ts';

/** What goes wrong on the way to AWS from now on (harness/faults.mjs); nothing, when nothing is named. */
export async function faults(wanted: {
  readonly denied?: readonly string[];
  readonly throttled?: Readonly<Record<string, number>>;
  readonly publishRefusals?: number;
}): Promise<void> {
  await fetch(`${endpoint}/_faults`, { method: 'POST', body: JSON.stringify(wanted) });
}
