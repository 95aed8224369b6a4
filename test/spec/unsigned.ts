import type { Question } from './question.ts';
import { oneValue, type Request } from './request.ts';
import { signedOnly } from './services.ts';

/**
 * A function URL takes unsigned requests when its auth type is NONE, which the request then carries; nothing
 * else of Lambda does. The second half of such a call is InvokeFunction, marked as coming through the URL.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function functionUrlTakes({ action, context }: Request): boolean {
  const name = action.toLowerCase();
  if (name === 'lambda:invokefunctionurl') return oneValue(context, 'lambda:FunctionUrlAuthType') === 'NONE';
  return name === 'lambda:invokefunction' && oneValue(context, 'lambda:InvokedViaFunctionUrl') === 'true';
}

/** Whether the service would take this request without a signature. */
export function takesUnsigned({ resource }: Question, request: Request): boolean {
  const service = resource.kind.split(':')[0] ?? '';
  if (service === 'lambda') return functionUrlTakes(request);
  return !signedOnly.has(service);
}
