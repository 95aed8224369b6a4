import { expect, test } from 'vitest';
import { decide } from '../../shared/access/decide.ts';
import { urlLimits } from '../../shared/kinds/lambda-url.ts';

const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:shop';

/** What Lambda's console leaves of a URL that is open to all. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
const statements = (resource: string, principal: object | string) => [
  { Effect: 'Allow', Principal: principal, Action: 'lambda:InvokeFunctionUrl', Resource: resource },
  {
    Effect: 'Allow',
    Principal: principal,
    Action: 'lambda:InvokeFunction',
    Resource: resource,
    Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  },
];

function outsiders(urls: Parameters<typeof urlLimits>[0], principal: object | string = '*', resource = arn) {
  const Statement = statements(resource, principal);
  const decision = decide({
    resource: { kind: 'lambda:function', arn, owner: '111122223333' },
    policies: [
      { name: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement }) },
      urlLimits(urls),
    ],
    zone: { accounts: [], organizationPaths: [] },
  });
  return decision.state === 'judged'
    ? decision.grants.map(({ outsider: { type }, actions }) => `${type} ${actions.join()}`)
    : decision.reason;
}

const url = (AuthType: 'NONE' | 'AWS_IAM', FunctionArn = arn) => [
  { FunctionArn, AuthType, FunctionUrl: undefined, CreationTime: undefined, LastModifiedTime: undefined },
];

const both = (type: string) => [`${type} lambda:InvokeFunctionUrl`, `${type} lambda:InvokeFunction`];

test('a URL without authentication lets anyone in', () => {
  expect(outsiders(url('NONE'))).toEqual(both('anyone'));
});

test('what is left of a URL that is gone lets nobody in', () => {
  expect(outsiders([])).toEqual([]);
});

test('a URL of an alias is none of the function itself', () => {
  expect(outsiders(url('NONE', `${arn}:live`))).toEqual([]);
  expect(outsiders(url('NONE', `${arn}:live`), '*', `${arn}:live`)).toEqual(both('anyone'));
});

test('a URL with IAM authentication lets in whoever signs', () => {
  expect(outsiders(url('AWS_IAM'))).toEqual(both('any-account'));
  expect(outsiders(url('AWS_IAM'), { AWS: '222222222222' })).toEqual(both('account'));
});
