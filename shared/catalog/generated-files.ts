import type { Kind } from '../kinds/kind.ts';
import { auditRolePolicy } from './audit-role-policy.ts';
import { coverageTable } from './description.ts';
import { eventPatterns } from './event-patterns.ts';
import { memberTemplate } from './member-template.ts';

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** A file's path from the project's root, and what it must hold. */
export type GeneratedFile = readonly [path: string, content: string];

/** Every file that is derived from the kinds whole. */
export function generatedFiles(kinds: readonly Kind[]): readonly GeneratedFile[] {
  return [
    ['deploy/member-account.yml', memberTemplate(kinds)],
    ['shared/generated/audit-role-policy.json', json(auditRolePolicy(kinds))],
    ['shared/generated/event-patterns.json', json(eventPatterns(kinds))],
  ];
}

const tableMarkers = /(<!-- kinds -->\n)[\s\S]*?(<!-- \/kinds -->)/;

/** The README with its table of kinds as it must be; as it is when it has no place for one. */
export function withCoverageTable(readme: string, kinds: readonly Kind[]): string {
  const table = `\n${coverageTable(kinds)}\n\n`;
  return readme.replace(tableMarkers, (_, open: string, close: string) => `${open}${table}${close}`);
}
