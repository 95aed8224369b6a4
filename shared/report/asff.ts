import { isOver } from '../findings/alert.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { oneLine } from '../findings/one-line.ts';
import { outsiderName } from '../findings/outsider-name.ts';
import type { Transition } from '../findings/record.ts';
import { formatSubject, whereOf } from '../findings/subject.ts';
import { conditionText } from './condition-text.ts';

/** Whose findings they are: Security Hub takes from an account only findings of that account. */
export interface AsffReporter {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

interface AsffResource {
  readonly Type: string;
  readonly Id: string;
  readonly Partition: 'aws' | 'aws-cn' | 'aws-us-gov';
  readonly Region?: string;
}

/** The part of the AWS Security Finding Format that we fill. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-attributes.html */
export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Title: string;
  readonly Description: string;
  readonly FindingProviderFields: {
    readonly Severity: { readonly Label: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' };
    readonly Types: string[];
  };
  readonly Resources: AsffResource[];
  readonly ProductFields: Record<string, string>;
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
}

const labels: Readonly<Record<Severity, AsffFinding['FindingProviderFields']['Severity']['Label']>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
};

/** The resource types that the format has a name for. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources.html */
const resourceTypes: Readonly<Record<string, string>> = {
  'dynamodb:table': 'AwsDynamoDbTable',
  'ecr:repository': 'AwsEcrRepository',
  'iam:role': 'AwsIamRole',
  'kms:key': 'AwsKmsKey',
  'lambda:function': 'AwsLambdaFunction',
  's3:bucket': 'AwsS3Bucket',
  'secretsmanager:secret': 'AwsSecretsManagerSecret',
  'sns:topic': 'AwsSnsTopic',
  'sqs:queue': 'AwsSqsQueue',
};

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html#Types */
const types: Readonly<Record<Finding['type'], string>> = {
  access: 'Effects/Data Exposure',
  gap: 'Software and Configuration Checks/AWS Security Best Practices',
  tamper: 'TTPs/Defense Evasion',
};

const partitions = ['aws', 'aws-cn', 'aws-us-gov'] as const;

function resourceOf(finding: Finding, reporter: AsffReporter): AsffResource {
  const Partition = partitions.find((name) => name === reporter.partition) ?? 'aws';
  if (finding.type === 'access')
    return {
      Type: resourceTypes[finding.kind] ?? 'Other',
      Id: oneLine(finding.arn, 512),
      Partition,
      Region: finding.place.region,
    };
  const { account, region } = whereOf(finding.subject);
  return {
    Type: account === undefined ? 'Other' : 'AwsAccount',
    Id: account === undefined ? formatSubject(finding.subject) : `AWS::::Account:${account}`,
    Partition,
    ...(region !== undefined && { Region: region }),
  };
}

function descriptionOf(finding: Finding): string {
  if (finding.type === 'gap') return `${finding.unread.reason}: ${finding.unread.message}`;
  if (finding.type === 'tamper')
    return `The ${finding.part} ${finding.name}, which trustwatch needs to see who gets in, was changed.`;
  const { because, actions, conditions } = finding.grant;
  const bounds = conditions.length === 0 ? 'nothing' : conditions.map(conditionText).join('; ');
  return `${because}. Actions: ${actions.join(', ')}. Bounded by: ${bounds}.`;
}

/** What searches and rules in Security Hub go by. Names and values have bounds of their own. */
function fieldsOf({ finding, cause, status, departed }: Transition): Record<string, string> {
  const where = finding.type === 'access' ? finding.place : whereOf(finding.subject);
  const fields: Readonly<Record<string, string | undefined>> = {
    'trustwatch/FindingType': finding.type,
    'trustwatch/Status': status,
    'trustwatch/Departed': departed && 'true',
    'trustwatch/Account': where.account,
    'trustwatch/Kind': finding.type === 'access' ? finding.kind : undefined,
    'trustwatch/OutsiderType': finding.type === 'access' ? finding.grant.outsider.type : undefined,
    'trustwatch/Outsider': finding.type === 'access' ? outsiderName(finding.grant.outsider) : undefined,
    'trustwatch/Source': cause.by,
    'trustwatch/ChangedBy': cause.by === 'change' ? cause.actor.principal : undefined,
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value ? [[name, oneLine(value, 1000)]] : [])),
  );
}

/**
 * A transition as a Security Hub finding of the reporter's account: the member's resource is named, the identity is
 * that of our finding, and what is resolved or expected is archived.
 */
export function asffFinding(reporter: AsffReporter, transition: Transition): AsffFinding {
  const { partition, region, account } = reporter;
  const { finding, status, firstSeen, at } = transition;
  return {
    SchemaVersion: '2018-10-08',
    Id: `trustwatch/${finding.id}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: `trustwatch/${finding.type === 'access' ? finding.kind : finding.type}`,
    AwsAccountId: account,
    CreatedAt: firstSeen,
    UpdatedAt: at,
    Title: oneLine(finding.title, 256),
    Description: oneLine(descriptionOf(finding), 1024),
    FindingProviderFields: {
      Severity: { Label: labels[finding.severity] },
      Types: [types[finding.type]],
    },
    Resources: [resourceOf(finding, reporter)],
    ProductFields: fieldsOf(transition),
    RecordState: isOver(status) ? 'ARCHIVED' : 'ACTIVE',
  };
}
