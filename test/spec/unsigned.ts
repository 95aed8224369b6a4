import type { Question } from './question.ts';
import { oneValue, type Request } from './request.ts';
import { unsignedActions } from './services.ts';

/**
 * AWS checks a call to a function URL twice: as InvokeFunctionUrl, and as InvokeFunction with a mark. The first
 * check stands for the call; the second counts only where the policies speak of the mark.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function isSecondHalf({ keys }: Question, { action, context }: Request): boolean {
  const isMarked = oneValue(context, 'lambda:InvokedViaFunctionUrl') === 'true';
  return (
    action.toLowerCase() === 'lambda:invokefunction' &&
    keys.has('lambda:invokedviafunctionurl') &&
    isMarked &&
    oneValue(context, 'lambda:FunctionUrlAuthType') !== 'AWS_IAM'
  );
}

/** Whether the service would take this request without a signature. Function URLs do, where their auth type is NONE. */
export function takesUnsigned(question: Question, request: Request): boolean {
  const name = request.action.toLowerCase();
  if (name === 'lambda:invokefunctionurl')
    return oneValue(request.context, 'lambda:FunctionUrlAuthType') === 'NONE';
  return isSecondHalf(question, request) || unsignedActions.some((pattern) => pattern.test(name));
}
