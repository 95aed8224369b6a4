import { type Command, Option } from 'commander';
import type { AuditScope } from '../app/audit-ports.ts';
import * as options from './options.ts';

export interface AuditOptions extends AuditScope {
  readonly roleName?: string;
  readonly externalId?: string;
  readonly profile?: string;
  readonly trust?: string;
  readonly vendors?: string;
  readonly out: string;
  readonly record?: string;
  readonly replay?: string;
  readonly concurrency?: number;
  readonly progress: boolean;
}

/** The role that deploy/member-account.yml makes. */
export const defaultRole = 'trustwatch-audit';

/** `trustwatch audit`: reads the organization, or its recording, and says who outside can get in. */
export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('find out who outside the organization can get in; exit 1 with findings or gaps, 0 without')
    .option('--accounts <ids>', 'only these accounts, with commas between', options.accountList)
    .option(
      '--regions <names>',
      'only these regions (kinds of the whole account are always read)',
      options.regionList,
    )
    .option('--kinds <ids>', 'only these kinds, as `trustwatch kinds` lists them', options.kindList)
    .option('--role-name <name>', `audit role of the accounts (default: ${defaultRole})`, options.roleName)
    .option('--external-id <id>', 'external id that the audit role asks for', options.externalId)
    .option('--profile <name>', 'AWS profile to call with')
    .option('--trust <file>', 'trust.yml: who else counts as inside, and what is expected')
    .option('--vendors <file>', 'names of accounts of vendors, as in fwdcloudsec/known_aws_accounts')
    .option('--out <dir>', 'folder for the reports and the state of the last audit', 'out')
    .addOption(new Option('--record <dir>', 'write every answer of AWS to this folder').conflicts('replay'))
    .option('--replay <dir>', 'answer from such a folder, without credentials and network')
    .option('--concurrency <n>', 'places to read at a time', options.concurrency)
    .option('--no-progress', 'do not show progress')
    .action(async (given: AuditOptions) => {
      const { runAudit } = await import('./run-audit.ts');
      await runAudit(given);
    });
}
