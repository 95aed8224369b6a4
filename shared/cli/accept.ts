import type { Command } from 'commander';

export interface AcceptOptions {
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
  readonly ticket?: string;
  readonly trust: string;
  readonly out: string;
}

/** `trustwatch accept FINDING`: writes the entry of trust.yml that expects a finding of the last audit, and nothing wider. */
export function addAccept(program: Command): void {
  program
    .command('accept')
    .description('expect a finding of the last audit: writes the narrowest entry that covers it to trust.yml')
    .argument('<finding>', 'its id in report.json, or as much of the beginning as tells it from the others')
    .requiredOption('--owner <who>', 'who answers for it')
    .requiredOption('--reason <why>', 'why it is wanted')
    .requiredOption('--until <day>', 'the last day, as `2027-12-31`: then it is a finding again')
    .option('--ticket <id>', 'where it was decided')
    .option('--trust <file>', 'the file to write to; made when there is none', 'trust.yml')
    .option('--out <dir>', 'folder with the report of the last audit', 'out')
    .action(async (finding: string, given: AcceptOptions) => {
      const { runAccept } = await import('./run-accept.ts');
      await runAccept(finding, given);
    });
}
