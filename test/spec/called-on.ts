import type { JudgedResource } from '../../shared/access/decision.ts';
import { arnParts } from './arn.ts';
import type { Request } from './request.ts';

/** What stands between a resource and its parts: objects, indexes and streams, versions. Of other kinds it is not known. */
const parts: Readonly<Record<string, readonly string[]>> = {
  'iam:role': [],
  'sqs:queue': [],
  'sns:topic': [],
  'kms:key': [],
  'secretsmanager:secret': [],
  'ecr:repository': [],
  'events:bus': [],
  's3:bucket': ['/'],
  's3:access-point': ['/'],
  'dynamodb:table': ['/'],
  'lambda:function': [':'],
  // The resource types of https://docs.aws.amazon.com/service-authorization/latest/reference/
  'aps:workspace': [],
  'backup:vault': [],
  'bedrock:guardrail': [],
  'cloudtrail:resource-policy': [],
  'codeartifact:domain': [],
  'codeartifact:repository': [],
  'dsql:cluster': ['/stream/'],
  'kafka:cluster': [],
  'lambda:layer': [':'],
  'lex:bot': [],
  'network-firewall:resource-policy': [],
  'redshift-serverless:snapshot': [],
  'redshift:namespace': [],
  'route53resolver:resource-policy': [],
  's3-object-lambda:access-point': [],
  's3express:access-point': [],
  'sagemaker:model-package-group': [],
  'schemas:registry': [],
  'serverlessrepo:application': [],
  'signer:signing-profile': ['/'],
  'sso:application': [],
  'vpc-lattice:resource-policy': ['/listener/'],
};

const ofBotAlias =
  /alias|recogni[sz]e|conversation|session|text$|content$|policy|resource$|^lex:((create|delete|get)bot|startimport)$/i;

/**
 * Parts whose ARNs have a type of their own before the name of the judged one, and the actions that are called on them.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedstreamingforapachekafka.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodeartifact.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonlexv2.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgeschemas.html
 */
const typedParts: Readonly<Record<string, readonly (readonly [type: string, actions: RegExp])[]>> = {
  'kafka:cluster': [
    ['topic', /topic|data$/i],
    ['group', /group$/i],
    ['transactional-id', /transactionalid$/i],
  ],
  'codeartifact:domain': [['package-group', /packagegroup|packages$|subpackage|forgroup$|resource$/i]],
  'codeartifact:repository': [['package', /package|resource$/i]],
  'lex:bot': [['bot-alias', ofBotAlias]],
  'sagemaker:model-package-group': [['model-package', /modelpackage|createmodel|tags$/i]],
  'schemas:registry': [['schema', /schema|codebinding|resource$/i]],
};

function isTypedPart({ resource, action }: Request, { arn, kind }: JudgedResource): boolean {
  return (typedParts[kind] ?? []).some(
    ([type, actions]) =>
      actions.test(action) &&
      resource.startsWith(`${arn.replace(/^((?:[^:]*:){5})[^/:]*[/:]/, `$1${type}/`)}/`),
  );
}

/**
 * The whole ARN of an API, or of a domain name, as its callers ask for it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
function invoked({ arn, owner }: JudgedResource): string {
  const [, partition, , region, , name = ''] = arnParts(arn) ?? [];
  return `arn:${partition}:execute-api:${region}:${owner}:${name.replace('/restapis/', '')}`;
}

/**
 * API Gateway writes the whole ARN for `execute-api:/…`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
 */
export function inFull(pattern: string, judged: JudgedResource): string {
  if (!judged.kind.startsWith('apigateway:')) return pattern;
  const [short, glob] = [/^execute-api:\/.*/, judged.kind === 'apigateway:domain-name'];
  return pattern.replace(short, (text) => invoked(judged) + (glob ? '*' : text.slice('execute-api:'.length)));
}

/**
 * An API is called by the ARNs of its methods, a domain name by its own.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigateway.html
 */
function isOfGateway({ resource, action }: Request, judged: JudgedResource): boolean {
  if (judged.kind === 'apigateway:rest-api') return resource.startsWith(`${invoked(judged)}/`);
  return resource === (/^execute-api:Invoke$/i.test(action) ? invoked(judged) : judged.arn);
}

/**
 * What is done with a recovery point is asked about that, which has an ARN of the service that was backed up.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
 */
const isRecoveryPoint = ({ resource, action }: Request): boolean =>
  /^backup:(CopyFrom|StartCopy|StartRestore|.*RecoveryPoint|CreateBackupAccessPoint|StartScan)/i.test(
    action,
  ) &&
  resource.startsWith('arn:') &&
  !resource.includes(':backup-vault:');

/**
 * Of a layer one version is asked for.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
const isLayerVersion = ({ resource, action }: Request): boolean =>
  /^lambda:PublishLayerVersion$/i.test(action) || /:\d+$/.test(resource);

/**
 * Whether the request's resource is the judged one or a part of it. The policy of an event bus is asked about the
 * rules on the bus too.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions-manage.html
 */
export function isPartOf(request: Request, judged: JudgedResource): boolean {
  const { resource: name } = request;
  const { arn, kind } = judged;
  if (kind.startsWith('apigateway:')) return isOfGateway(request, judged);
  if (kind === 'backup:vault' && isRecoveryPoint(request)) return true;
  if (kind === 'events:bus' && name.startsWith(`${arn.replace(':event-bus/', ':rule/')}/`)) return true;
  if (kind === 'lambda:layer' && !isLayerVersion(request)) return false;
  if (arn.includes(':bot-alias/') && !ofBotAlias.test(request.action)) return false;
  const separators = parts[kind] ?? ['/', ':'];
  return (
    name === arn ||
    separators.some((separator) => name.startsWith(arn + separator)) ||
    isTypedPart(request, judged)
  );
}
