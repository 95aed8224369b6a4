import type { FunctionUrlConfig } from '@aws-sdk/client-lambda';
import type { KindPolicy } from './kind.ts';
import { type ShareStatement, sharePolicy } from './share.ts';

/**
 * What the function's URLs leave of `lambda:InvokeFunctionUrl`: nothing where there is no URL, and elsewhere the
 * URL's own auth type. A policy can only allow what a URL offers.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function urlLimits(urls: readonly FunctionUrlConfig[]): KindPolicy {
  const deny = { Effect: 'Deny', Principal: '*', Action: 'lambda:InvokeFunctionUrl' } as const;
  const arns = urls.flatMap(({ FunctionArn }) => FunctionArn ?? []);
  const elsewhere = arns.length > 0 ? { NotResource: arns } : { Resource: '*' };
  const byAuthType = urls.flatMap(({ FunctionArn, AuthType }): ShareStatement[] =>
    FunctionArn === undefined || AuthType === undefined
      ? []
      : [
          {
            ...deny,
            Resource: FunctionArn,
            Condition: { StringNotEquals: { 'lambda:FunctionUrlAuthType': AuthType } },
          },
        ],
  );
  return sharePolicy('url', [{ ...deny, ...elsewhere }, ...byAuthType]);
}
