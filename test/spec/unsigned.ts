import { oneValue, type Request } from './request.ts';
import { unsignedActions } from './services.ts';

/**
 * A function URL takes unsigned requests when its auth type is NONE, which the request then carries; nothing
 * else of Lambda does. The second half of such a call is InvokeFunction, marked as coming through the URL.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function functionUrlTakes(name: string, { context }: Request): boolean {
  if (name === 'lambda:invokefunctionurl') return oneValue(context, 'lambda:FunctionUrlAuthType') === 'NONE';
  return name === 'lambda:invokefunction' && oneValue(context, 'lambda:InvokedViaFunctionUrl') === 'true';
}

/** Whether the service would take this request without a signature. */
export function takesUnsigned(request: Request): boolean {
  const name = request.action.toLowerCase();
  return functionUrlTakes(name, request) || unsignedActions.some((pattern) => pattern.test(name));
}
