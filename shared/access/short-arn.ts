import type { Statement } from '../iam/statement.ts';
import type { JudgedResource } from './decision.ts';
import { invokedArn } from './form.ts';

const short = 'execute-api:/';

/** Of a domain name nothing tells parts apart. */
const wholeArn = (resource: string, { kind }: JudgedResource, arn: string): string =>
  kind === 'apigateway:domain-name' ? `${arn}*` : `${arn}/${resource.slice(short.length)}`;

/**
 * API Gateway takes `execute-api:/…` for the whole ARN of the API, and keeps that.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
 */
export function withWholeArns(
  judged: JudgedResource,
  statements: readonly Statement[],
): readonly Statement[] {
  if (!judged.kind.startsWith('apigateway:')) return statements;
  const arn = invokedArn(judged);
  return statements.map((statement) => ({
    ...statement,
    resources: statement.resources?.map((resource) =>
      resource.startsWith(short) ? wholeArn(resource, judged, arn) : resource,
    ),
  }));
}
