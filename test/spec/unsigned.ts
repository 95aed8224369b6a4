import type { Statement } from './policy.ts';
import { oneValue, type Request } from './request.ts';
import { unsignedActions } from './services.ts';

const mark = 'lambda:InvokedViaFunctionUrl';

/**
 * AWS checks a call to a function URL twice: as InvokeFunctionUrl, and as InvokeFunction with a mark. The first
 * check stands for the call; the second counts only for statements that speak of the mark.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function isSecondHalf({ action, context }: Request): boolean {
  const isMarked = oneValue(context, mark) === 'true';
  return (
    action.toLowerCase() === 'lambda:invokefunction' &&
    isMarked &&
    oneValue(context, 'lambda:FunctionUrlAuthType') !== 'AWS_IAM'
  );
}

/**
 * Whether the service would take this request without a signature. Function URLs do, where their auth type is NONE;
 * Multi-Region Access Points do not, as other ways to S3 do.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html
 */
export function takesUnsigned(request: Request, kind: string): boolean {
  if (kind === 's3:multi-region-access-point') return false;
  const name = request.action.toLowerCase();
  if (name === 'lambda:invokefunctionurl')
    return oneValue(request.context, 'lambda:FunctionUrlAuthType') === 'NONE';
  return isSecondHalf(request) || unsignedActions.some((pattern) => pattern.test(name));
}

/** Whether an Allow is meant for unsigned callers too. */
export function isForUnsigned({ conditions }: Statement, request: Request): boolean {
  return !isSecondHalf(request) || conditions.some(({ key }) => key.toLowerCase() === mark.toLowerCase());
}
