import type { Command } from 'commander';
import * as options from './options.ts';

export interface ExplainOptions {
  readonly kind?: string;
  readonly resource?: string;
  readonly owner?: string;
  readonly organization?: string;
  readonly trust?: string;
  readonly json?: boolean;
}

/** `trustwatch explain FILE`: who gets in by one policy, beside the lines of it that let them in. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('explain one policy, or one line for `check`; exit 1 when an outsider gets in')
    .argument('<file>', 'a policy as JSON, or an object as `trustwatch check` reads it')
    .option('--kind <id>', 'kind of the resource that the policy is attached to', options.oneKind)
    .option('--resource <arn>', 'ARN of the resource')
    .option('--owner <id>', 'account of the resource, where its ARN names none', options.oneAccount)
    .option('--organization <id>', 'your organization, which counts as inside', options.organizationId)
    .option('--trust <file>', 'trust.yml: who else counts as inside')
    .option('--json', 'answer as `trustwatch check` does: grants with their requests, and notes, as JSON')
    .action(async (file: string, given: ExplainOptions) => {
      const { runExplain } = await import('./run-explain.ts');
      await runExplain(file, given);
    });
}
