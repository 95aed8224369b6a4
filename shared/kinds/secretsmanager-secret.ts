import { defineKind } from './kind.ts';
import { opening } from './opening.ts';
import { itemsOf } from './pages.ts';
import { arnFrom, referenceAt } from './reference.ts';

const secretArn = arnFrom('secretsmanager', 'secret:');

export const secretsmanagerSecret = defineKind({
  id: 'secretsmanager:secret',
  title: 'Secrets Manager secret',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
  reads: 'secret policy',
  permissions: [
    'secretsmanager:ListSecrets',
    'secretsmanager:DescribeSecret',
    'secretsmanager:GetResourcePolicy',
  ],
  events: [
    {
      source: 'secretsmanager.amazonaws.com',
      names: ['CreateSecret', 'PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteSecret', 'RestoreSecret'],
      resource: referenceAt(
        'requestParameters.secretId',
        'responseElements.arn',
        'responseElements.aRN',
        'requestParameters.name',
      ),
    },
  ],
  // A secret marked for deletion answers InvalidRequestException; nobody can use it then.
  errors: { absent: [], gone: ['ResourceNotFoundException', 'InvalidRequestException'], notUsable: [] },
  accessAnalyzer: true,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-secrets-manager');
    return { sdk, client: open(sdk.SecretsManagerClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListSecrets({ client, pageSize: 100 }, {});
    for await (const { ARN: arn } of itemsOf(pages, (page) => page.SecretList)) if (arn) yield { arn };
  },

  async find({ sdk, client }, place, reference) {
    if (secretArn(reference, place) === undefined) return undefined;
    const command = new sdk.DescribeSecretCommand({ SecretId: reference });
    const { ARN: arn, DeletedDate } = await client.send(command);
    return arn === undefined || DeletedDate !== undefined ? undefined : { arn };
  },

  // A secret's ARN ends in a hyphen and six characters of Secrets Manager's choice, which a name leaves out.
  refersTo(reference, arn, place) {
    const start = secretArn(reference, place);
    if (start === undefined || !arn.startsWith(start)) return false;
    return /^(-[A-Za-z0-9]{6})?$/.test(arn.slice(start.length));
  },

  async policy({ sdk, client }, { arn }) {
    const { ResourcePolicy } = await client.send(new sdk.GetResourcePolicyCommand({ SecretId: arn }));
    return opening(ResourcePolicy);
  },
});
