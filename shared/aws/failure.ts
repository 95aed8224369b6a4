import { OperationError } from '../errors.ts';
import type { Unread } from '../findings/finding.ts';
import { oneLine } from '../findings/one-line.ts';
import { outcomeOf } from '../kinds/outcome.ts';

/** What the SDK and AWS say when the caller's own credentials are of no use: nothing at all will work. */
const withoutCredentials = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** An SDK error in one line: its name and what the service said. */
export function failureText(error: unknown): string {
  return oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 300);
}

/** @throws OperationError when the error says that the caller's own credentials are of no use */
export function requireCredentials(error: unknown): void {
  if (error instanceof Error && withoutCredentials.has(error.name))
    throw new OperationError(
      `there are no valid AWS credentials (${failureText(error)})`,
      'sign in, or name a profile: AWS_PROFILE=security npx trustwatch audit',
      { cause: error },
    );
}

/** Why a call for which no error is an expected answer could not see. */
export function unreadFrom(error: unknown): Unread {
  const outcome = outcomeOf({ errors: { absent: [], gone: [], notUsable: [] } }, error);
  return typeof outcome === 'object' ? outcome : { reason: 'failed', message: failureText(error) };
}

/**
 * Why the audit role cannot be assumed. STS says AccessDenied of a role that is not there and of one that does
 * not let us in; only an explicit deny (of a service control policy, say) is told apart.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function unassumable(role: string, error: unknown): Unread {
  const { reason, message } = unreadFrom(error);
  const isImplicit = reason === 'denied' && !/explicit deny/.test(message);
  return {
    reason: isImplicit ? 'role-missing' : reason,
    message: oneLine(`${role}: ${failureText(error)}`, 400),
  };
}
