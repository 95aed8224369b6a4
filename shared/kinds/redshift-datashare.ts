import type { DataShare } from '@aws-sdk/client-redshift';
import { parseArn } from '../iam/arn.ts';
import { defineKind } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const datashareArn = arnFrom('redshift', 'datashare:');

const isOver = new Set(['DEAUTHORIZED', 'REJECTED', 'PENDING_AUTHORIZATION']);

/**
 * A consumer is an account, by itself or by its data catalog, or a namespace of one; or AWS Data Exchange, which adds
 * every account that subscribes.
 * https://docs.aws.amazon.com/redshift/latest/dg/authorize-datashare-console.html
 */
function accountOf(consumer: string): string {
  if (consumer === 'ADX') return '*';
  return parseArn(consumer)?.account ?? consumer.replace(/^DataCatalog\//, '');
}

const listed = ({ DataShareArn: arn, DataShareAssociations: associations = [] }: DataShare) =>
  arn === undefined
    ? []
    : [
        {
          arn,
          names: associations
            .filter(({ Status }) => !isOver.has(Status ?? ''))
            .flatMap(({ ConsumerIdentifier: consumer }) => (consumer ? accountOf(consumer) : [])),
        },
      ];

export const redshiftDatashare = defineKind({
  id: 'redshift:datashare',
  title: 'Redshift datashare',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/redshift/latest/dg/across-account.html',
  reads: 'consumers, and whether they may be public',
  permissions: ['redshift:DescribeDataSharesForProducer', 'redshift:DescribeDataShares'],
  events: [
    {
      source: 'redshift.amazonaws.com',
      names: [
        'AuthorizeDataShare',
        'DeauthorizeDataShare',
        'AssociateDataShareConsumer',
        'DisassociateDataShareConsumer',
      ],
      resource: referenceAt('requestParameters.dataShareArn'),
    },
    {
      source: 'redshift.amazonaws.com',
      names: ['DeleteCluster'],
      resource: () => 'every',
    },
  ],
  errors: { absent: [], gone: ['InvalidDataShareFault'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-redshift');
    return { sdk, client: open(sdk.RedshiftClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateDescribeDataSharesForProducer({ client, pageSize: 100 }, {});
    for await (const share of itemsOf(pages, (page) => page.DataShares)) yield* listed(share);
  },

  async find({ sdk, client }, place, reference) {
    const arn = datashareArn(reference, place);
    if (arn === undefined) return undefined;
    const command = new sdk.DescribeDataSharesCommand({ DataShareArn: arn });
    return (await client.send(command)).DataShares?.flatMap(listed)[0];
  },

  refersTo: (reference, arn) => reference === arn,

  async policy(_, { arn, names }) {
    return sharedWith(names, ['redshift:AssociateDataShareConsumer'], arn);
  },
});
