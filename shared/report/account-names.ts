import type { AuditReport } from '../findings/audit-report.ts';

/** What the organization calls an account, or nothing. Untrusted text. */
export type AccountName = (account: string | undefined) => string;

export function accountNames({ accounts }: Pick<AuditReport, 'accounts'>): AccountName {
  const names = new Map(accounts.map(({ account, name }) => [account, name]));
  return (account) => names.get(account ?? '') ?? '';
}
