import { parseArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import { unlessAbsent } from './absence.ts';
import { defineKind, type KindPolicy } from './kind.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const anyTableArn = arnFrom('dynamodb', 'table/');

/** The table of a name, of its own ARN, or of the ARN of its stream or index. */
function tableArn(reference: string, place: Place): string | undefined {
  const name = parseArn(reference)?.resource.split('/')[1];
  const arn = anyTableArn(reference, place);
  return arn === undefined || name === undefined ? arn : anyTableArn(name, place);
}

export const dynamodbTable = defineKind({
  id: 'dynamodb:table',
  title: 'DynamoDB table',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html',
  reads: 'policies of the table and of its stream',
  permissions: ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'dynamodb:GetResourcePolicy'],
  events: [
    {
      source: 'dynamodb.amazonaws.com',
      names: ['CreateTable', 'PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteTable'],
      resource: referenceAt('requestParameters.resourceArn', 'requestParameters.tableName'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-dynamodb');
    return { sdk, client: open(sdk.DynamoDBClient) };
  },

  async *list({ sdk, client }, place) {
    const pages = sdk.paginateListTables({ client, pageSize: 100 }, {});
    for await (const name of itemsOf(pages, (page) => page.TableNames)) {
      const arn = tableArn(name, place);
      if (arn) yield { arn };
    }
  },

  ...knownBy(tableArn),

  /**
   * The table's policy speaks for its indexes and its exports too; the stream has its own.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/RedshiftforDynamoDB-zero-etl.html
   */
  async policy({ sdk, client }, { arn }) {
    const { Table } = await client.send(new sdk.DescribeTableCommand({ TableName: nameIn(arn, 'table/') }));
    const read = async (
      name: string,
      [resource, ...parts]: readonly [string, ...string[]],
      absent: readonly string[],
    ): Promise<readonly KindPolicy[]> => {
      const command = new sdk.GetResourcePolicyCommand({ ResourceArn: resource });
      const text = (await unlessAbsent(absent, client.send(command)))?.Policy;
      return text ? [{ name, text, attachedTo: [resource, ...parts] }] : [];
    };
    const spokenFor = [arn, `${arn}/export/*`, `${arn}/index/*`] as const;
    const policies = [...(await read('policy', spokenFor, ['PolicyNotFoundException']))];
    // A stream that ended may be gone before the table says so.
    const streamAbsent = ['PolicyNotFoundException', 'ResourceNotFoundException'];
    if (Table?.LatestStreamArn)
      policies.push(...(await read('policy:stream', [Table.LatestStreamArn], streamAbsent)));
    return policies.length > 0 ? { policies } : undefined;
  },
});
