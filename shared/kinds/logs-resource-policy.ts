import { defineKind, type KindPolicy } from './kind.ts';
import { onceAPlace } from './reference.ts';

export const logsResourcePolicy = defineKind({
  id: 'logs:resource-policy',
  title: 'CloudWatch Logs resource policies',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html',
  reads: 'the resource policies of the account in a region',
  permissions: ['logs:DescribeResourcePolicies'],
  events: [
    {
      source: 'logs.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return { sdk, client: open(sdk.CloudWatchLogsClient) };
  },

  // They have names and no ARNs, and all of them apply to all log groups together.
  ...onceAPlace('logs', 'log-group:*'),

  // The SDK has no paginator for this call.
  async policy({ sdk, client }) {
    const policies: KindPolicy[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new sdk.DescribeResourcePoliciesCommand({ limit: 50, nextToken: token }),
      );
      for (const { policyName, policyDocument: text } of page.resourcePolicies ?? [])
        if (text) policies.push({ name: `policy:${policyName}`, text });
      token = page.nextToken;
    } while (token);
    return policies.length > 0 ? { policies } : undefined;
  },
});
