import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';

const counted = (count: number, noun: string, nouns = `${noun}s`) => `${count} ${count === 1 ? noun : nouns}`;

/** `trustwatch trust check FILE`: every mistake with its place, or what the file adds to the zone. */
export function addTrust(program: Command): void {
  const trust = program.command('trust').description('trust.yml: who counts as inside, and what is expected');
  trust
    .command('check')
    .description('check a trust.yml; exit 2 when it has a mistake')
    .argument('<file>', 'the file to check')
    .action(async (file: string) => {
      const { loadTrust } = await import('../config/trust.ts');
      const { accounts, organizations, organizationPaths, federatedTenants, expected, boundaries } =
        loadTrust(await readFile(file, 'utf8'), file, new Date());
      const parts = [
        counted(accounts.length, 'account'),
        counted(organizations.length, 'organization'),
        counted(organizationPaths.length, 'organization path'),
        counted(federatedTenants.length, 'federated tenant'),
      ];
      process.stdout.write(
        `${file}: fine, adds ${parts.join(', ')}, expects ${counted(expected.length, 'grant')}, draws ${counted(boundaries.length, 'boundary', 'boundaries')}\n`,
      );
    });
}
