import { actionMatches, isAttached } from './action.ts';
import { accountOfArn } from './arn.ts';
import { principalMatches } from './principal.ts';
import type { Question } from './question.ts';
import { oneValue, type Request } from './request.ts';
import { unsignedActions } from './services.ts';

const isSecondHalf = ({ action, context }: Request): boolean =>
  action.toLowerCase() === 'lambda:invokefunction' &&
  oneValue(context, 'lambda:InvokedViaFunctionUrl') === 'true';

/**
 * AWS checks a call to a function URL twice: as InvokeFunctionUrl, and as InvokeFunction with a mark. Whether the second
 * check can be met: some Allow must be for the first. Callers of the owner's account may have that from their own policies.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function canComeByUrl({ statements, resource }: Question, request: Request): boolean {
  const { principal } = request;
  if (!isSecondHalf(request)) return true;
  if (principal.type === 'AWS' && accountOfArn(principal.arn) === resource.owner) return true;
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .filter((statement) => isAttached(statement, request.resource))
    .filter((statement) => principal.type !== 'anonymous' || principalMatches(statement, principal) !== 'no')
    .some((statement) => actionMatches(statement, 'lambda:InvokeFunctionUrl'));
}

/**
 * Whether the service would take this request without a signature. Function URLs do, where their auth type is NONE;
 * Multi-Region Access Points do not, as other ways to S3 do, and access grants are for identities.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-credentials.html
 */
export function takesUnsigned(request: Request, kind: string): boolean {
  if (kind === 's3:multi-region-access-point' || kind === 's3:access-grants') return false;
  const name = request.action.toLowerCase();
  if (name === 'lambda:invokefunctionurl')
    return oneValue(request.context, 'lambda:FunctionUrlAuthType') === 'NONE';
  if (name === 'lambda:invokefunction')
    return isSecondHalf(request) && oneValue(request.context, 'lambda:FunctionUrlAuthType') !== 'AWS_IAM';
  return unsignedActions.some((pattern) => pattern.test(name));
}
