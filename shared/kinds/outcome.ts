import type { Kind } from './kind.ts';

/** Why reading a resource or a list failed, as findings say it. */
export interface ReadFailure {
  readonly reason: 'denied' | 'throttled' | 'region-off' | 'malformed' | 'failed';
  /** One line of bounded length: the error's name and message. */
  readonly message: string;
}

/**
 * What an error of a kind's `list`, `find` or `policy` means. Only what the kind declares means `absent`, `gone`
 * or `not-usable`; everything else is a failure to read.
 */
export type Outcome = 'absent' | 'gone' | 'not-usable' | ReadFailure;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html and what the services say instead. */
const denials = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AccessDeniedFault',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Forbidden',
  'ForbiddenException',
  'InsufficientPrivilegesException',
  'InvalidSecurity',
  'InvalidSecurityException',
  'KMSAccessDeniedException',
  'NotAuthorized',
  'NotAuthorizedException',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const throttles = new Set([
  'EC2ThrottledException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestThrottling',
  'SlowDown',
  'Throttling',
  'ThrottledException',
  'ThrottlingException',
  'TooManyRequests',
  'TooManyRequestsException',
]);

/** What a region says that the account has not enabled. */
const regionsOff = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'OptInRequired',
  'UnrecognizedClientException',
]);

/** A host that does not resolve is a region without the service. */
const notUsableAnywhere = new Set([
  'ENOTFOUND',
  'EndpointError',
  'SubscriptionRequiredException',
  'UnknownOperationException',
]);

/** What the SDK throws on an answer that is not what the service's model says. */
const malformations = new Set(['SyntaxError', 'DeserializationError']);

/** What the error of a kind's `list`, `find` or `policy` means. Pure. */
export function outcomeOf(kind: Pick<Kind, 'errors'>, error: unknown): Outcome {
  const names = namesOf(error);
  const isOneOf = (known: { has(name: string): boolean }) => names.some((name) => known.has(name));
  if (isOneOf(new Set(kind.errors.absent))) return 'absent';
  if (isOneOf(new Set(kind.errors.gone))) return 'gone';
  if (isOneOf(new Set(kind.errors.notUsable)) || isOneOf(notUsableAnywhere)) return 'not-usable';
  const message = describe(error);
  const status = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata
    ?.httpStatusCode;
  if (isOneOf(throttles) || status === 429) return { reason: 'throttled', message };
  if (isOneOf(regionsOff)) return { reason: 'region-off', message };
  if (isOneOf(denials) || status === 403) return { reason: 'denied', message };
  if (isOneOf(malformations)) return { reason: 'malformed', message };
  return { reason: 'failed', message };
}

/** An error's own name, its code (`ENOTFOUND`) and the code that the service wrote (`QueueDoesNotExist` goes by two). */
function namesOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { name, code, Code } = error as { name?: unknown; code?: unknown; Code?: unknown };
  return [name, code, Code].filter((text): text is string => typeof text === 'string');
}

const longestMessage = 300;

/** One line without control characters, for an error of which nothing is known. */
function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > longestMessage ? `${line.slice(0, longestMessage - 1)}…` : line;
}
