import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownByArn, referenceAt } from './reference.ts';

const anyArn = arnFrom('network-firewall', '');

export const networkFirewallResourcePolicy = defineKind({
  id: 'network-firewall:resource-policy',
  title: 'Network Firewall policy, rule group or firewall',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_PutResourcePolicy.html',
  reads: 'resource policy: which accounts may use it',
  permissions: [
    'network-firewall:ListFirewallPolicies',
    'network-firewall:ListRuleGroups',
    'network-firewall:ListFirewalls',
    'network-firewall:DescribeResourcePolicy',
  ],
  events: [
    {
      source: 'network-firewall.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'network-firewall.amazonaws.com',
      names: ['DeleteFirewallPolicy', 'DeleteRuleGroup', 'DeleteFirewall'],
      resource: referenceAt(
        'requestParameters.firewallPolicyArn',
        'requestParameters.ruleGroupArn',
        'requestParameters.firewallArn',
        'requestParameters.firewallPolicyName',
        'requestParameters.ruleGroupName',
        'requestParameters.firewallName',
      ),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-network-firewall');
    return { sdk, client: open(sdk.NetworkFirewallClient) };
  },

  // What other accounts share is listed too.
  async *list({ sdk, client }, place) {
    const paging = { client, pageSize: 100 };
    const policies = itemsOf(sdk.paginateListFirewallPolicies(paging, {}), (page) => page.FirewallPolicies);
    for await (const { Arn: arn } of policies) if (arn && anyArn(arn, place)) yield { arn };
    const groups = itemsOf(
      sdk.paginateListRuleGroups(paging, { Scope: 'ACCOUNT' }),
      (page) => page.RuleGroups,
    );
    for await (const { Arn: arn } of groups) if (arn && anyArn(arn, place)) yield { arn };
    const firewalls = itemsOf(sdk.paginateListFirewalls(paging, {}), (page) => page.Firewalls);
    for await (const { FirewallArn: arn } of firewalls) if (arn && anyArn(arn, place)) yield { arn };
  },

  ...knownByArn('network-firewall'),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.DescribeResourcePolicyCommand({ ResourceArn: arn });
    return opening((await client.send(command)).Policy);
  },
});
