import { decide } from './decide.ts';
import type { BlockPublicAccess, DecisionInput, PolicyText } from './decision.ts';
import type { Grant, Note, StatementReference } from './grant.ts';
import type { Zone } from './zone.ts';

/** What one line of the check contract gives (DESIGN.md §6). */
export interface CheckedLine {
  readonly output: object;
  /** Whether the line could not be judged. */
  readonly failed: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function policyText(name: string, value: unknown): readonly PolicyText[] {
  if (value === null || value === undefined) return [];
  return [{ name, text: typeof value === 'string' ? value : JSON.stringify(value) }];
}

const indexes = (statements: readonly StatementReference[]) => statements.map(({ index }) => index);

const shownGrant = ({ statements, ...grant }: Grant) => ({ ...grant, statements: indexes(statements) });
const shownNote = ({ statement, ...note }: Note) => ({ ...note, statement: statement.index });

function textField(line: Record<string, unknown>, name: string): string {
  const value = line[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`\`${name}\` must be a text`);
  return value;
}

function textList(value: unknown, name: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string'))
    throw new TypeError(`\`${name}\` must be a list of texts`);
  return value;
}

function zoneOf(value: unknown): Zone {
  if (!isObject(value)) throw new TypeError('`zone` must be an object');
  const { organization, federatedTenants } = value;
  return {
    ...(typeof organization === 'string' ? { organization } : {}),
    accounts: textList(value.accounts, 'zone.accounts'),
    organizationPaths: textList(value.organizationPaths, 'zone.organizationPaths'),
    organizations: textList(value.organizations, 'zone.organizations'),
    canonicalUsers: textList(value.canonicalUsers, 'zone.canonicalUsers'),
    ...(Array.isArray(federatedTenants) ? { federatedTenants } : {}),
  };
}

/** What a line asks. Throws a TypeError that says which field is wrong. */
export function inputOf(line: Record<string, unknown>): DecisionInput {
  const controls = line.resourceControlPolicies;
  const block = line.blockPublicAccess;
  return {
    resource: {
      kind: textField(line, 'kind'),
      arn: textField(line, 'resource'),
      owner: textField(line, 'owner'),
    },
    policies: policyText('policy', line.policy),
    resourceControlPolicies: (Array.isArray(controls) ? controls : []).flatMap((policy, i) =>
      policyText(`resource control policy ${i}`, policy),
    ),
    ...(isObject(block) ? { blockPublicAccess: block as unknown as BlockPublicAccess } : {}),
    zone: zoneOf(line.zone),
  };
}

/** One line of JSON judged. Never throws: what is wrong with the line stands in `error`, its id kept. */
export function checkLine(text: string): CheckedLine {
  let id: unknown;
  try {
    const line: unknown = JSON.parse(text);
    if (!isObject(line)) throw new TypeError('the line is no JSON object');
    id = line.id;
    const decision = decide(inputOf(line));
    if (decision.state === 'unjudged') {
      return {
        output: { id, grants: [], notes: [], error: `${decision.policy} ${decision.reason}` },
        failed: true,
      };
    }
    const { grants, notes } = decision;
    return { output: { id, grants: grants.map(shownGrant), notes: notes.map(shownNote) }, failed: false };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      output: { ...(id === undefined ? {} : { id }), grants: [], notes: [], error: reason },
      failed: true,
    };
  }
}
