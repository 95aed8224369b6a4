import type { Command } from 'commander';

/** `trustwatch kinds`: what is watched; with --json also the actions, events and pages of each kind. */
export function addKinds(program: Command): void {
  program
    .command('kinds')
    .description('list the kinds of resources that are watched')
    .option('--json', 'everything about each kind, as JSON')
    .action(async ({ json }: { json?: true }) => {
      const [{ describeKinds }, { kinds }] = await Promise.all([
        import('../catalog/description.ts'),
        import('../kinds/index.ts'),
      ]);
      const described = describeKinds(kinds);
      const width = Math.max(...described.map(({ id }) => id.length));
      const lines = described.map(({ id, reads }) => `${id.padEnd(width)}  ${reads}\n`);
      process.stdout.write(json ? `${JSON.stringify(described, null, 2)}\n` : lines.join(''));
    });
}
