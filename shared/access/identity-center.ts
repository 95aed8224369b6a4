import { accountSegment } from '../iam/arn-pattern.ts';
import type { Question } from './question.ts';

const role = /:role\/aws-reserved\/sso\.amazonaws\.com\//;
const ownProvider = /:saml-provider\/AWSSSO_[0-9a-f]+_DO_NOT_DELETE$/;

/**
 * Whether the role is a permission set's, and the provider the one of its account that IAM Identity Center of the
 * organization has made for itself. Nobody else can make such a role, or change it: who comes is no outsider.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
export function isOfIdentityCenter({ setting, anyCaller }: Question, provider: string): boolean {
  const { resource, scene } = setting;
  return (
    !anyCaller &&
    ownProvider.test(provider) &&
    accountSegment(provider) === scene.owner &&
    resource.state === 'fixed' &&
    role.test(String(resource.value))
  );
}
