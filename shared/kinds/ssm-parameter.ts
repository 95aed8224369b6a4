import type { Place } from '../iam/place.ts';
import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, knownBy, referenceAt } from './reference.ts';

const anyParameterArn = arnFrom('ssm', 'parameter/');

/** The name of a parameter in a hierarchy begins with a slash, which its ARN does not repeat. */
const parameterArn = (reference: string, place: Place) =>
  anyParameterArn(reference.replace(/^\//, ''), place);

export const ssmParameter = defineKind({
  id: 'ssm:parameter',
  title: 'Systems Manager parameter',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html',
  reads: 'resource policies',
  permissions: ['ssm:DescribeParameters', 'ssm:GetResourcePolicies'],
  events: [
    {
      source: 'ssm.amazonaws.com',
      names: ['PutResourcePolicy', 'DeleteResourcePolicy'],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'ssm.amazonaws.com',
      names: ['DeleteParameter'],
      resource: referenceAt('requestParameters.name'),
    },
    {
      source: 'ssm.amazonaws.com',
      names: ['DeleteParameters'],
      resource: () => 'every',
    },
  ],
  errors: { absent: ['ResourcePolicyNotFoundException'], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-ssm');
    return { sdk, client: open(sdk.SSMClient) };
  },

  // Only parameters of the advanced tier can be shared.
  async *list({ sdk, client }, place) {
    const request = { ParameterFilters: [{ Key: 'Tier', Values: ['Advanced'] }] };
    const pages = sdk.paginateDescribeParameters({ client, pageSize: 50 }, request);
    for await (const { Name: name } of itemsOf(pages, (page) => page.Parameters)) {
      const arn = name && parameterArn(name, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(parameterArn),

  async policy({ sdk, client }, { arn }) {
    const pages = sdk.paginateGetResourcePolicies({ client, pageSize: 50 }, { ResourceArn: arn });
    const answers = await collect(itemsOf(pages, (page) => page.Policies));
    const policies = answers.flatMap(({ PolicyId, Policy: text }) =>
      text ? { name: `policy:${PolicyId}`, text } : [],
    );
    return policies.length > 0 ? { policies } : undefined;
  },
});
