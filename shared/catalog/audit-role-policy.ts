import type { Kind } from '../kinds/kind.ts';

/** What an audit itself needs, beside the kinds: which regions an account has enabled, and its name in ACLs. */
const ofTheAudit = ['ec2:DescribeRegions', 's3:ListAllMyBuckets'];

export interface AuditRolePolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: '*' | readonly string[];
  }[];
}

/** All that the audit role may do: the actions that the kinds name, each once, and nothing that returns data. */
export function auditRolePolicy(kinds: readonly Kind[]): AuditRolePolicy {
  const anywhere = kinds.filter(({ permissionResources }) => permissionResources === undefined);
  const actions = new Set([...ofTheAudit, ...anywhere.flatMap(({ permissions }) => permissions)]);
  const limited = kinds.flatMap(({ id, permissions, permissionResources: Resource }) => {
    const Sid = id.replace(/(?:^|[:-])([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return Resource === undefined ? [] : [{ Sid, Effect: 'Allow', Action: permissions, Resource } as const];
  });
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ReadPolicies', Effect: 'Allow', Action: [...actions].sort(), Resource: '*' },
      ...limited,
    ],
  };
}
