import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownByArn, referenceAt } from './reference.ts';

const botArn = arnFrom('lex', 'bot/');
const aliasArn = arnFrom('lex', 'bot-alias/');

export const lexBot = defineKind({
  id: 'lex:bot',
  title: 'Lex bot and its aliases',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/lexv2/latest/dg/security_iam_resource-based-policies.html',
  reads: 'resource policies of bots and of their aliases',
  permissions: ['lex:ListBots', 'lex:ListBotAliases', 'lex:DescribeResourcePolicy'],
  events: [
    {
      source: 'lex.amazonaws.com',
      names: [
        'CreateResourcePolicy',
        'UpdateResourcePolicy',
        'DeleteResourcePolicy',
        'CreateResourcePolicyStatement',
        'DeleteResourcePolicyStatement',
      ],
      resource: referenceAt('requestParameters.resourceArn'),
    },
    {
      source: 'lex.amazonaws.com',
      names: ['DeleteBot', 'DeleteBotAlias'],
      resource: referenceAt('requestParameters.botAliasId', 'requestParameters.botId'),
    },
  ],
  errors: { absent: ['ResourceNotFoundException'], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-lex-models-v2');
    return { sdk, client: open(sdk.LexModelsV2Client) };
  },

  async *list({ sdk, client }, place) {
    const paging = { client, pageSize: 1000 };
    for await (const { botId } of itemsOf(sdk.paginateListBots(paging, {}), (page) => page.botSummaries)) {
      const arn = botId && botArn(botId, place);
      if (arn) yield { arn };
      const aliases = sdk.paginateListBotAliases(paging, { botId });
      for await (const { botAliasId } of itemsOf(aliases, (page) => page.botAliasSummaries)) {
        const alias = botAliasId && aliasArn(`${botId}/${botAliasId}`, place);
        if (alias) yield { arn: alias };
      }
    }
  },

  ...knownByArn('lex'),

  async policy({ sdk, client }, { arn }) {
    const command = new sdk.DescribeResourcePolicyCommand({ resourceArn: arn });
    return opening((await client.send(command)).policy);
  },
});
