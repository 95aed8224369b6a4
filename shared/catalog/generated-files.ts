import type { Kind } from '../kinds/kind.ts';
import { auditRolePolicy } from './audit-role-policy.ts';
import { coverageTable } from './description.ts';
import { eventPatterns } from './event-patterns.ts';
import { memberTemplate } from './member-template.ts';
import { stackOwnPatterns } from './own-patterns.ts';

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** A file's path from the project's root, and what it must hold. */
export type GeneratedFile = readonly [path: string, content: string];

/** Every file that is derived from the kinds, and from the list of our own parts, whole. */
export function generatedFiles(kinds: readonly Kind[]): readonly GeneratedFile[] {
  return [
    ['deploy/member-account.yml', memberTemplate(kinds)],
    ['shared/generated/audit-role-policy.json', json(auditRolePolicy(kinds))],
    ['shared/generated/event-patterns.json', json(eventPatterns(kinds))],
    ['shared/generated/own-patterns.json', json(stackOwnPatterns())],
  ];
}

/** A page with what stands between `<!-- NAME -->` and `<!-- /NAME -->` as it must be; as it is without these marks. */
export function withSection(page: string, name: string, content: string): string {
  const marks = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  return page.replace(marks, (_, open: string, close: string) => `${open}\n${content}\n\n${close}`);
}

/** The README with its table of kinds as it must be. */
export function withCoverageTable(readme: string, kinds: readonly Kind[]): string {
  return withSection(readme, 'kinds', coverageTable(kinds));
}
