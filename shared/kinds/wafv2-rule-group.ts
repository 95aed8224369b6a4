import type { Scope } from '@aws-sdk/client-wafv2';
import { homeRegion } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { knownByArn, referenceAt } from './reference.ts';

export const wafv2RuleGroup = defineKind({
  id: 'wafv2:rule-group',
  title: 'WAF rule group',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/waf/latest/APIReference/API_PutPermissionPolicy.html',
  reads: 'permission policy: which accounts may use it',
  permissions: ['wafv2:ListRuleGroups', 'wafv2:GetPermissionPolicy'],
  events: [
    {
      source: 'wafv2.amazonaws.com',
      names: ['PutPermissionPolicy', 'DeletePermissionPolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'wafv2.amazonaws.com',
      names: ['DeleteRuleGroup'],
      resource: referenceAt('requestParameters.id'),
    },
  ],
  errors: { absent: ['WAFNonexistentItemException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-wafv2');
    return { sdk, client: open(sdk.WAFV2Client) };
  },

  // Those of CloudFront are kept in the home region alone. The SDK has no paginator for this call.
  async *list({ sdk, client }, { partition, region }) {
    const isHome = partition === 'aws' && region === homeRegion(partition);
    const scopes: readonly Scope[] = isHome ? ['REGIONAL', 'CLOUDFRONT'] : ['REGIONAL'];
    for (const Scope of scopes) {
      let marker: string | undefined;
      do {
        const command = new sdk.ListRuleGroupsCommand({ Scope, Limit: 100, NextMarker: marker });
        const { RuleGroups = [], NextMarker } = await client.send(command);
        for (const { ARN: arn } of RuleGroups) if (arn) yield { arn };
        marker = NextMarker;
      } while (marker);
    }
  },

  ...knownByArn('wafv2'),

  async policy({ sdk, client }, { arn }) {
    return opening((await client.send(new sdk.GetPermissionPolicyCommand({ ResourceArn: arn }))).Policy);
  },
});
