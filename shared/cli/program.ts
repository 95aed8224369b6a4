import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { visible } from '../report/visible.ts';
import { addAccept } from './accept.ts';
import { addAudit } from './audit.ts';
import { addCheck } from './check.ts';
import { addDemo } from './demo.ts';
import { addExplain } from './explain.ts';
import { addKinds } from './kinds.ts';
import { addTrust } from './trust.ts';

/** Commander's own `error: unknown option '--x'` and its guess on a second line, as one line of ours. */
function oneLineError(text: string): string {
  const [what = '', guess] = text
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const remedy = guess?.replace(/^\(D(.*)\)$/, 'd$1') ?? 'see `trustwatch help`';
  const told = what.replace(/ argument '.*' is invalid\. /, ': ').replace(/\.$/, '');
  return `trustwatch: ${visible(`${told}; ${remedy}`)}\n`;
}

/** The command line: exit 0 when all is well, 1 when an audit has findings, 2 when something could not be done. */
export function program(): Command {
  const command = new Command('trustwatch')
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLineError(text)) })
    .showSuggestionAfterError();
  for (const add of [addAccept, addAudit, addCheck, addDemo, addExplain, addKinds, addTrust]) add(command);
  return command;
}
