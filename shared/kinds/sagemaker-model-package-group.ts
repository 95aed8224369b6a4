import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';

const groupArn = arnFrom('sagemaker', 'model-package-group/');

/** The service has one name for every error of this call: what it says tells. */
const isAbsence = (error: unknown) =>
  error instanceof Error &&
  error.name === 'ValidationException' &&
  /^Cannot find (resource policy|Model Package Group)\b/i.test(error.message);

export const sagemakerModelPackageGroup = defineKind({
  id: 'sagemaker:model-package-group',
  title: 'SageMaker model package group',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-deploy-xaccount.html',
  reads: 'resource policy',
  permissions: ['sagemaker:ListModelPackageGroups', 'sagemaker:GetModelPackageGroupPolicy'],
  events: [
    {
      source: 'sagemaker.amazonaws.com',
      names: ['PutModelPackageGroupPolicy', 'DeleteModelPackageGroupPolicy', 'DeleteModelPackageGroup'],
      resource: referenceAt('requestParameters.modelPackageGroupName'),
    },
  ],
  errors: { absent: [], gone: [], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-sagemaker');
    return { sdk, client: open(sdk.SageMakerClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListModelPackageGroups({ client, pageSize: 100 }, {});
    const groups = itemsOf(pages, (page) => page.ModelPackageGroupSummaryList);
    for await (const { ModelPackageGroupArn: arn } of groups) if (arn) yield { arn };
  },

  ...knownBy(groupArn),

  async policy({ sdk, client }, { arn }) {
    const ModelPackageGroupName = nameIn(arn, 'model-package-group/');
    try {
      const command = new sdk.GetModelPackageGroupPolicyCommand({ ModelPackageGroupName });
      return opening((await client.send(command)).ResourcePolicy);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  },
});
