import type { Statement } from '../iam/statement.ts';

/** Ignored public ACLs: grants to all users and to all authenticated users fall away. */
export function withoutPublicAcls(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(({ policy, principals }) => policy !== 'acl' || !principals.everyone);
}

/** S3's own notion of a public policy. */
export function isPublicPolicy(statements: readonly Statement[]): boolean {
  return statements.some(
    ({ policy, effect, principals, conditions }) =>
      policy !== 'acl' && effect === 'Allow' && principals.everyone && conditions.length === 0,
  );
}
