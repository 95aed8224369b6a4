import type { ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs';
import { defineKind, type KindPolicy } from './kind.ts';
import { arnFrom, referenceAt, textAt } from './reference.ts';

const groupArn = arnFrom('logs', 'log-group:');

/** Some records end the ARN of a group in `:*`, which means its streams. */
const withoutStreams = (reference: string) => reference.replace(/:\*$/, '');

/** The policies of each group. */
function byGroup(policies: readonly ResourcePolicy[]): ReadonlyMap<string, readonly KindPolicy[]> {
  const groups = new Map<string, readonly KindPolicy[]>();
  for (const { resourceArn, policyName, policyDocument: text } of policies) {
    if (!resourceArn || !text) continue;
    const arn = withoutStreams(resourceArn);
    groups.set(arn, [
      ...(groups.get(arn) ?? []),
      { name: policyName ? `policy:${policyName}` : 'policy', text },
    ]);
  }
  return groups;
}

export const logsLogGroup = defineKind({
  id: 'logs:log-group',
  title: 'CloudWatch log group',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html',
  reads: 'resource policies of single log groups',
  permissions: ['logs:DescribeResourcePolicies'],
  events: [
    {
      source: 'logs.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      // Without an ARN the policy is one of the account.
      resource: (detail) =>
        textAt(detail, 'requestParameters.resourceArn') ??
        (detail.requestParameters === null ? 'every' : undefined),
    },
    {
      source: 'logs.amazonaws.com',
      names: ['DeleteLogGroup'],
      resource: referenceAt('requestParameters.logGroupName'),
    },
  ],
  // A region where only the account has such policies knows no scope of them.
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: ['InvalidParameterException'] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return { sdk, client: open(sdk.CloudWatchLogsClient) };
  },

  // Only groups that have one are listed, with it. The SDK has no paginator for this call.
  async *list({ sdk, client }) {
    const policies: ResourcePolicy[] = [];
    let nextToken: string | undefined;
    do {
      const request = { policyScope: 'RESOURCE', limit: 50, nextToken } as const;
      const page = await client.send(new sdk.DescribeResourcePoliciesCommand(request));
      policies.push(...(page.resourcePolicies ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    for (const [arn, own] of byGroup(policies)) yield { arn, policies: own };
  },

  async find({ sdk, client }, place, reference) {
    const arn = groupArn(withoutStreams(reference), place);
    if (arn === undefined) return undefined;
    const request = { policyScope: 'RESOURCE', resourceArn: arn } as const;
    const { resourcePolicies = [] } = await client.send(new sdk.DescribeResourcePoliciesCommand(request));
    const policies = byGroup(resourcePolicies).get(arn);
    return policies && { arn, policies };
  },

  refersTo: (reference, arn, place) => groupArn(withoutStreams(reference), place) === arn,

  async policy(_, { policies }) {
    return { policies };
  },
});
