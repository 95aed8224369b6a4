import { accessSeverity, type Crowd, type Worth } from './severity.ts';

const crowds: Readonly<Record<Crowd, string>> = {
  everyone: 'anyone, any AWS account, any tenant of a shared issuer',
  many: 'another organization, accounts by a pattern, a service for any account',
  one: 'one account, tenant or canonical user that is not known',
  vendor: 'an account of the vendor register',
  inside: 'an account of the organization, across a boundary',
};

const worths: Readonly<Record<Worth, string>> = {
  control: 'assume a role that administers its account',
  administer: 'change who may do what',
  credentials: 'get credentials',
  write: 'change anything else',
  read: 'look',
};

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;

/** The severities of grants as a Markdown table: who, and what for. */
export function severityTable(): string {
  const columns = Object.keys(worths) as Worth[];
  const head = ['who may', ...columns.map((worth) => worths[worth])];
  const rows = (Object.keys(crowds) as Crowd[]).map((crowd) =>
    row([crowds[crowd], ...columns.map((worth) => accessSeverity[crowd][worth])]),
  );
  return [row(head), row(head.map(() => '---')), ...rows].join('').trimEnd();
}
