import type { FunctionUrlConfig } from '@aws-sdk/client-lambda';
import type { KindPolicy } from './kind.ts';
import { type ShareStatement, sharePolicy } from './share.ts';

const deny = { Effect: 'Deny', Principal: '*' } as const;
const byUrl = { ...deny, Action: 'lambda:InvokeFunctionUrl' } as const;

/** The second check of a call to a URL, which Lambda makes as a call of the function. */
const throughUrl = (conditions: Readonly<Record<string, Readonly<Record<string, string>>>> = {}) => ({
  ...deny,
  Action: 'lambda:InvokeFunction',
  Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' }, ...conditions },
});

/** A URL leaves of calls to it what comes by its own auth type; where that is AWS_IAM, nothing that is not signed. */
function limitsOf({ FunctionArn, AuthType }: FunctionUrlConfig): readonly ShareStatement[] {
  if (FunctionArn === undefined || AuthType === undefined) return [];
  const Condition = { StringNotEquals: { 'lambda:FunctionUrlAuthType': AuthType } };
  const unsigned = { StringEquals: { 'aws:PrincipalType': 'Anonymous' } };
  return [
    { ...byUrl, Resource: FunctionArn, Condition },
    ...(AuthType === 'AWS_IAM' ? [{ ...throughUrl(unsigned), Resource: FunctionArn }] : []),
  ];
}

/**
 * What the function's URLs leave of calls to URLs: nothing where there is no URL, and elsewhere the URL's own auth type.
 * A policy can only allow what a URL offers.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function urlLimits(urls: readonly FunctionUrlConfig[]): KindPolicy {
  const arns = urls.flatMap(({ FunctionArn }) => FunctionArn ?? []);
  const elsewhere = arns.length > 0 ? { NotResource: arns } : { Resource: '*' };
  return sharePolicy('url', [
    { ...byUrl, ...elsewhere },
    ...urls.flatMap(limitsOf),
    { ...throughUrl(), ...elsewhere },
  ]);
}
