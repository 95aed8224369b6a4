import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import type { ExpectableGrant, Width } from '../findings/expectation.ts';
import { reportSchema } from '../report/json.ts';

/** A grant as report.json tells it: all that an entry of trust.yml must know. */
export interface ReportedGrant extends ExpectableGrant {
  readonly id: string;
  readonly title: string;
}

/** A line of report.json, which only trustwatch writes. */
interface Line extends Width {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly resource: string;
}

interface Report {
  readonly schema?: unknown;
  readonly findings: readonly Line[];
  readonly expected: readonly Line[];
}

function parse(text: string, file: string): Report {
  try {
    const report = JSON.parse(text) as Partial<Report>;
    if (report.schema === reportSchema) return { findings: [], expected: [], ...report };
  } catch {}
  throw new InputError(file, 'not a report of this version of trustwatch', 'run `trustwatch audit` again');
}

const grantOf = ({
  id,
  title,
  kind,
  resource,
  outsider,
  actions,
  resources,
  conditions,
}: Line): ReportedGrant => ({
  id,
  title,
  kind,
  arn: resource,
  grant: { outsider, actions, resources, conditions },
});

/**
 * The one finding of the last report whose id begins so.
 * @throws InputError where there is no report, no such finding, or more than one
 */
export function reportedGrant(folder: string, prefix: string): ReportedGrant {
  const file = join(folder, 'report.json');
  if (!existsSync(file))
    throw new InputError(file, 'there is no report', 'run `trustwatch audit`, or name its folder with --out');
  const { findings, expected } = parse(readFileSync(file, 'utf8'), file);
  const [found, second] = [...findings, ...expected].filter(({ id }) => id.startsWith(prefix));
  const where = `finding \`${prefix}\``;
  if (found === undefined || prefix === '')
    throw new InputError(where, `${file} has none`, 'take an id from the report of the last audit');
  if (second !== undefined)
    throw new InputError(where, `more than one of ${file} begins so`, 'write more of its id');
  return grantOf(found);
}
