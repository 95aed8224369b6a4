import { endpoint } from './clients.ts';
import { eventually } from './stack.ts';

/** A call that goes wrong on the way to AWS (harness/faults.mjs). */
export interface Fault {
  /** `sts:AssumeRole` */
  readonly operation: string;
  /** What a request has to hold to be met. */
  readonly text?: string;
  /** So often; always, when it does not say. */
  readonly times?: number;
  readonly answer: 'denied' | 'throttled' | 'throttled table' | 'refused' | 'one region' | 'silence';
}

/** What goes wrong from now on, and nothing else. */
export async function faults(...wanted: readonly Fault[]): Promise<void> {
  await fetch(`${endpoint}/_faults`, { method: 'POST', body: JSON.stringify(wanted) });
}

/** Waits until a fault has met as many calls of its operation as it was to. */
export async function met({ operation }: Fault): Promise<void> {
  await eventually(`${operation} going wrong`, 60_000, async () => {
    const left = (await (await fetch(`${endpoint}/_faults`)).json()) as readonly Fault[];
    return left.find((fault) => fault.operation === operation)?.times === 0 || undefined;
  });
}

/** The audit role of an account, as a request to assume it names it. */
export const auditRoleOf = (account: string) => `arn:aws:iam::${account}:role/trustwatch-audit`;
