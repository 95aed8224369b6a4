import { formatArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import { unlessAbsent } from './absence.ts';
import { defineKind, type KindPolicy } from './kind.ts';
import { urlLimits } from './lambda-url.ts';
import { collect, itemsOf } from './pages.ts';
import { knownBy, nameIn, referenceAt } from './reference.ts';

/** A name, a part of an ARN or an ARN, qualified or not. */
const functionForm = /^(?:(?:arn:[^:]+:lambda:[^:]*:)?(?:(\d{12}):)?function:)?([\w-]+)(?::[\w$-]+)?$/;

/** Policies that cannot be about URLs need no look at the URLs. */
const mayNameUrls = /functionurl|notaction|[*?]/i;

/** The function of a reference; none for a layer or another account's function. */
function functionArn(reference: string, { partition, account, region }: Place): string | undefined {
  const [, owner = account, name] = functionForm.exec(reference) ?? [];
  if (name === undefined || owner !== account) return undefined;
  return formatArn({ partition, service: 'lambda', region, account, resource: `function:${name}` });
}

export const lambdaFunction = defineKind({
  id: 'lambda:function',
  title: 'Lambda function',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  reads: 'policies of the function, its versions and aliases, and its URLs',
  permissions: [
    'lambda:ListFunctions',
    'lambda:ListVersionsByFunction',
    'lambda:ListAliases',
    'lambda:GetPolicy',
    'lambda:ListFunctionUrlConfigs',
  ],
  events: [
    {
      source: 'lambda.amazonaws.com',
      // CloudTrail writes most of Lambda's names with the date of the API: AddPermission20150331v2.
      names: [
        { prefix: 'AddPermission' },
        { prefix: 'RemovePermission' },
        { prefix: 'PutResourcePolicy' },
        { prefix: 'DeleteResourcePolicy' },
        { prefix: 'CreateFunction' },
        { prefix: 'DeleteFunction' },
        { prefix: 'UpdateFunctionUrlConfig' },
        { prefix: 'DeleteAlias' },
      ],
      resource: referenceAt(
        'requestParameters.functionName',
        'requestParameters.resourceArn',
        'responseElements.functionArn',
      ),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-lambda');
    return { sdk, client: open(sdk.LambdaClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListFunctions({ client, pageSize: 50 }, {});
    for await (const { FunctionArn: arn } of itemsOf(pages, (page) => page.Functions)) if (arn) yield { arn };
  },

  ...knownBy(functionArn),

  /**
   * "Not found" from GetPolicy means no policy: that the function exists is known from the list of versions. A policy
   * is about one function, one version or one alias; what the URLs leave holds for all of them.
   * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   */
  async policy({ sdk, client }, { arn }) {
    // The SDK's paginators write their tokens into the request that they are given: each gets its own.
    const request = () => ({ FunctionName: nameIn(arn, 'function:') });
    const paging = { client, pageSize: 50 };
    const versions = itemsOf(sdk.paginateListVersionsByFunction(paging, request()), (page) => page.Versions);
    const aliases = itemsOf(sdk.paginateListAliases(paging, request()), (page) => page.Aliases);
    const qualifiers = [
      ...(await collect(versions)).map(({ Version }) => (Version === '$LATEST' ? undefined : Version)),
      ...(await collect(aliases)).map(({ Name }) => Name),
    ];
    const read = async (qualifier: string | undefined): Promise<readonly KindPolicy[]> => {
      const command = new sdk.GetPolicyCommand({ ...request(), Qualifier: qualifier });
      const text = (await unlessAbsent(['ResourceNotFoundException'], client.send(command)))?.Policy;
      if (!text) return [];
      return qualifier
        ? [{ name: `policy:${qualifier}`, text, attachedTo: [`${arn}:${qualifier}`] }]
        : [{ name: 'policy', text, attachedTo: [arn] }];
    };
    const policies = [...(await read(undefined))];
    for (const qualifier of qualifiers) if (qualifier) policies.push(...(await read(qualifier)));
    if (policies.length === 0) return undefined;
    if (!policies.some(({ text }) => mayNameUrls.test(text))) return { policies };
    const urls = itemsOf(
      sdk.paginateListFunctionUrlConfigs(paging, request()),
      (page) => page.FunctionUrlConfigs,
    );
    return { policies: [...policies, urlLimits(await collect(urls))] };
  },
});
