import { oneValue, type Request } from './request.ts';
import { unsignedActions } from './services.ts';

/**
 * A function URL takes unsigned requests when its auth type is NONE, which the request then carries; nothing
 * else of Lambda does. The second half of such a call is InvokeFunction, marked as coming through the URL.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function functionUrlTakes(name: string, { context }: Request): boolean {
  if (name === 'lambda:invokefunctionurl') return oneValue(context, 'lambda:FunctionUrlAuthType') === 'NONE';
  return (
    name === 'lambda:invokefunction' &&
    oneValue(context, 'lambda:InvokedViaFunctionUrl') === 'true' &&
    oneValue(context, 'lambda:FunctionUrlAuthType') !== 'AWS_IAM'
  );
}

/**
 * The two halves of a call through a function URL: the second counts only with the first. Undefined for all else.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function firstHalf(request: Request): Request | undefined {
  if (request.action.toLowerCase() !== 'lambda:invokefunction' || request.principal.type !== 'anonymous')
    return undefined;
  const context = { ...request.context, 'lambda:FunctionUrlAuthType': 'NONE' };
  return { ...request, action: 'lambda:InvokeFunctionUrl', context };
}

/** Whether the service would take this request without a signature. */
export function takesUnsigned(request: Request): boolean {
  const name = request.action.toLowerCase();
  return functionUrlTakes(name, request) || unsignedActions.some((pattern) => pattern.test(name));
}
