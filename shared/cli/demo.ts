import { join } from 'node:path';
import type { Command } from 'commander';

/** `trustwatch demo`: an audit and an alert from recorded answers of AWS, without an account. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('audit a recorded organization and follow one change of it; needs no AWS account')
    .option('--out <dir>', 'folder for the reports', join('out', 'demo'))
    .action(async ({ out }: { out: string }) => {
      const { runDemo } = await import('./run-demo.ts');
      await runDemo(out);
    });
}
