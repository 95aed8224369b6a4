import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addCheck } from './check.ts';
import { addKinds } from './kinds.ts';
import { addTrust } from './trust.ts';

/** Commander's own `error: unknown option '--x'` and its guess on a second line, as one line of ours. */
const oneLineError = (text: string) =>
  `trustwatch: ${text
    .replace(/^error: /, '')
    .trim()
    .replace(/\n\((.*)\)$/, '; $1')}; see \`trustwatch help\`\n`;

/** The command line: exit 0 when all is well, 1 when an audit has findings, 2 when something could not be done. */
export function program(): Command {
  const command = new Command('trustwatch')
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLineError(text)) })
    .showSuggestionAfterError();
  for (const add of [addCheck, addKinds, addTrust]) add(command);
  return command;
}
