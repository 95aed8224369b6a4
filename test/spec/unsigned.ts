import type { Question } from './question.ts';
import { oneValue, type Request } from './request.ts';
import { unsignedActions } from './services.ts';

/**
 * A function URL takes unsigned requests when its auth type is NONE, which the request then carries; nothing
 * else of Lambda does. AWS checks such a call a second time as InvokeFunction, marked as coming through the URL;
 * the first check stands for the call here, and the second only where a policy speaks of the mark.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function functionUrlTakes(name: string, { keys }: Question, { context }: Request): boolean {
  const type = oneValue(context, 'lambda:FunctionUrlAuthType');
  if (name === 'lambda:invokefunctionurl') return type === 'NONE';
  const isMarked = oneValue(context, 'lambda:InvokedViaFunctionUrl') === 'true';
  return (
    name === 'lambda:invokefunction' &&
    keys.has('lambda:invokedviafunctionurl') &&
    isMarked &&
    type !== 'AWS_IAM'
  );
}

/** Whether the service would take this request without a signature. */
export function takesUnsigned(question: Question, request: Request): boolean {
  const name = request.action.toLowerCase();
  return functionUrlTakes(name, question, request) || unsignedActions.some((pattern) => pattern.test(name));
}
