import { parseArn } from '../iam/arn.ts';
import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { knownByArn, referenceAt } from './reference.ts';

interface Shareable {
  readonly Arn?: string;
  readonly ShareStatus?: string;
}

/** Without a policy a resource is not shared; what other accounts share is listed too. */
const shared = ({ Arn: arn, ShareStatus }: Shareable) =>
  arn && ShareStatus === 'SHARED_BY_ME' ? [{ arn }] : [];

export const route53resolverResourcePolicy = defineKind({
  id: 'route53resolver:resource-policy',
  title: 'Route 53 Resolver rule, query log configuration or firewall rule group',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_PutResolverRulePolicy.html',
  reads: 'policy: which accounts may associate it',
  permissions: [
    'route53resolver:ListResolverRules',
    'route53resolver:ListResolverQueryLogConfigs',
    'route53resolver:ListFirewallRuleGroups',
    'route53resolver:GetResolverRulePolicy',
    'route53resolver:GetResolverQueryLogConfigPolicy',
    'route53resolver:GetFirewallRuleGroupPolicy',
  ],
  events: [
    {
      source: 'route53resolver.amazonaws.com',
      names: ['PutResolverRulePolicy', 'PutResolverQueryLogConfigPolicy', 'PutFirewallRuleGroupPolicy'],
      resource: referenceAt('requestParameters.arn'),
    },
    {
      source: 'route53resolver.amazonaws.com',
      names: ['DeleteResolverRule', 'DeleteResolverQueryLogConfig', 'DeleteFirewallRuleGroup'],
      resource: referenceAt(
        'requestParameters.resolverRuleId',
        'requestParameters.resolverQueryLogConfigId',
        'requestParameters.firewallRuleGroupId',
      ),
    },
  ],
  errors: { absent: ['UnknownResourceException', 'ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-route53resolver');
    return { sdk, client: open(sdk.Route53ResolverClient) };
  },

  async *list({ sdk, client }) {
    const paging = { client, pageSize: 100 };
    const rules = sdk.paginateListResolverRules(paging, {});
    for await (const rule of itemsOf(rules, (page) => page.ResolverRules)) yield* shared(rule);
    const configs = sdk.paginateListResolverQueryLogConfigs(paging, {});
    for await (const config of itemsOf(configs, (page) => page.ResolverQueryLogConfigs))
      yield* shared(config);
    const groups = sdk.paginateListFirewallRuleGroups(paging, {});
    for await (const group of itemsOf(groups, (page) => page.FirewallRuleGroups)) yield* shared(group);
  },

  ...knownByArn('route53resolver'),

  async policy({ sdk, client }, { arn: Arn }) {
    const [sort] = parseArn(Arn)?.resource.split('/') ?? [];
    if (sort === 'resolver-rule')
      return opening((await client.send(new sdk.GetResolverRulePolicyCommand({ Arn }))).ResolverRulePolicy);
    if (sort === 'firewall-rule-group') {
      const command = new sdk.GetFirewallRuleGroupPolicyCommand({ Arn });
      return opening((await client.send(command)).FirewallRuleGroupPolicy);
    }
    const command = new sdk.GetResolverQueryLogConfigPolicyCommand({ Arn });
    return opening((await client.send(command)).ResolverQueryLogConfigPolicy);
  },
});
