import type { DecisionInput } from '../../shared/access/decision.ts';
import type { Statement } from '../spec/policy.ts';
import { impossibility } from '../spec/possible.ts';
import { questionOf } from '../spec/question.ts';
import type { Request } from '../spec/request.ts';
import { callerFor } from './callers.ts';
import { withCompanions } from './companions.ts';
import { callerFacts, type Draft } from './facts.ts';
import { instanceOf, type Resolve, verbatim } from './instance.ts';
import { pick, pickOr } from './random.ts';
import { commonFacts, networkFacts } from './surroundings.ts';
import { chosenFacts } from './values.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** Actions of a kind beyond those that a policy names, for `NotAction` and for stars. */
const actions: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'iam:role': ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML', 'sts:TagSession'],
  's3:bucket': ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:DeleteObject', 's3:PutBucketPolicy'],
  's3:access-point': ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:DeleteObject'],
  'kms:key': ['kms:Decrypt', 'kms:Encrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy'],
  'sqs:queue': ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:DeleteQueue'],
  'backup:vault': ['backup:CopyIntoBackupVault', 'backup:StartRestoreJob'],
  'sns:topic': ['sns:Publish', 'sns:Subscribe'],
  'lambda:function': ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 'lambda:GetFunction'],
  'secretsmanager:secret': ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
  'ecr:repository': ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:PutImage'],
  'dynamodb:table': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:GetRecords'],
  'events:bus': ['events:PutEvents', 'events:PutRule'],
  'es:domain': ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESCrossClusterGet'],
};

/** An action of the pattern's making that the kind has. */
function actionFor(aim: Statement, kind: string, random: () => number): string {
  const pattern = pickOr(random, aim.action ?? [], '*');
  const known = actions[kind] ?? [instanceOf(pattern, random)];
  const begins = pattern.toLowerCase().split('*')[0] ?? '';
  const fitting = known.filter((action) => action.toLowerCase().startsWith(begins));
  if (pattern.includes('*') || random() < 0.1)
    return pickOr(random, random() < 0.9 ? fitting : known, pick(random, known));
  return instanceOf(pattern, random);
}

/** What the rules of an event bus begin with. */
const rulesOf = (arn: string) => `${arn.replace(':event-bus/', ':rule/')}/`;

/** An API as its callers ask for it. */
const apiOf = (arn: string) => arn.replace(/:apigateway:(.*)::\/restapis\//, `:execute-api:$1:111122223333:`);

/** The resource, or those parts of it that the action is called on. */
function partsFor(arn: string, kind: string, action: string): readonly string[] {
  const objects = kind === 's3:bucket' ? arn : `${arn}/object`;
  if (kind.startsWith('s3:') && /Object/.test(action)) return [`${objects}/x`, `${objects}/home/who/1`];
  if (kind === 'kafka:cluster') return [arn, `${arn.replace(':cluster/', ':topic/')}/x`];
  if (kind === 'lambda:layer') return [arn, `${arn}:1`];
  if (kind === 'backup:vault') return [arn, arn.replace(':backup-vault:', ':recovery-point:')];
  if (kind === 'apigateway:rest-api') return ['prod', 'test'].map((stage) => `${apiOf(arn)}/${stage}/GET/x`);
  return action === 'events:PutRule' ? [`${rulesOf(arn)}x`] : [arn, arn];
}

function resourceFor(
  aim: Statement,
  { resource: { arn, kind }, policies }: DecisionInput,
  { statements }: Vocabulary,
  action: string,
  context: Draft,
  random: () => number,
): string {
  const valued: Resolve = (key, fallback) => String(context[key] ?? fallback ?? 'who');
  const resolve = aim.hasVariables ? valued : verbatim;
  const written = statements.flatMap(({ resource = [], notResource = [] }) => [...resource, ...notResource]);
  const named = (random() < 0.6 ? (aim.resource ?? []) : written)
    .map((pattern) => instanceOf(pattern, random, resolve))
    .filter((name) => name.startsWith(arn) || name.startsWith(rulesOf(arn)));
  const attached = policies.flatMap(({ attachedTo = [] }) => attachedTo).filter((one) => !one.endsWith('*'));
  const parts = [...partsFor(arn, kind, action), ...attached];
  return pickOr(random, random() < 0.7 ? named : parts, pickOr(random, parts, arn));
}

/** What a variable in the name of a resource must say at times: the last part of the judged one's. */
function namedInResource(aim: Statement, arn: string, facts: Draft, random: () => number): Draft {
  const named = (aim.resource ?? []).flatMap((pattern) => /\$\{([^},]+)/.exec(pattern)?.[1] ?? []);
  const [name] = named.filter((key) => !(key in facts) && /tag/i.test(key));
  const part = arn.split(/[:/]/).at(-1);
  return name !== undefined && part !== undefined && random() < 0.5 ? { [name]: part } : {};
}

const never: Statement = {
  policy: '',
  index: 0,
  effect: 'Allow',
  principal: '*',
  conditions: [],
  hasVariables: true,
};

function draftRequest(input: DecisionInput, vocabulary: Vocabulary, random: () => number): Request {
  const aim = pickOr(random, vocabulary.allows, never);
  const principal = callerFor(aim, vocabulary, input, random);
  const facts = {
    ...commonFacts(vocabulary, input, random),
    ...callerFacts(principal, vocabulary, input, random),
    ...networkFacts(principal, vocabulary, random),
  };
  const chosen = {
    ...facts,
    ...namedInResource(aim, input.resource.arn, facts, random),
    ...chosenFacts(aim, vocabulary, principal, facts, random),
  };
  const context = withCompanions(chosen, principal, random);
  const action = actionFor(aim, input.resource.kind, random);
  return {
    principal,
    action,
    resource: resourceFor(aim, input, vocabulary, action, context, random),
    context,
  };
}

/** Requests that can reach AWS, drawn from what the policies say; fewer than asked when few are possible. */
export function requestsFor(input: DecisionInput, random: () => number, count: number): readonly Request[] {
  const question = questionOf(input);
  const vocabulary = vocabularyOf(input);
  const requests: Request[] = [];
  for (let tries = 0; tries < count * 2 && requests.length < count; tries += 1) {
    const request = draftRequest(input, vocabulary, random);
    if (impossibility(question, request) === undefined) requests.push(request);
  }
  return requests;
}
