import type { Recording } from '../../shared/aws/recording.ts';
import { answers, type Request, refusal } from './answers.ts';
import type { Control, World } from './resources.ts';

/** What STS and Organizations answer to the caller. */
function answerCaller(world: World, { operation, input }: Request): unknown {
  switch (operation) {
    case 'GetCallerIdentity':
      return {
        Account: world.caller,
        Arn: `arn:aws:sts::${world.caller}:assumed-role/AWSReservedSSO_SecurityAudit_0123456789abcdef/kim`,
      };
    case 'DescribeOrganization':
      return { Organization: { Id: world.organization, MasterAccountId: world.managementAccount } };
    case 'ListAccounts':
      return listAccounts(world, input.NextToken);
    case 'ListPolicies':
      return { Policies: world.controls.map(({ id, name }) => ({ Id: id, Name: name, AwsManaged: false })) };
    case 'ListTargetsForPolicy':
      return { Targets: [{ TargetId: controlOf(world, input).target, Type: 'ORGANIZATIONAL_UNIT' }] };
    case 'DescribePolicy':
      return { Policy: { Content: JSON.stringify(controlOf(world, input).policy) } };
    case 'AssumeRole':
      return assumeRole(world, input);
    default:
      throw new Error(`no answer to ${operation}`);
  }
}

function controlOf({ controls }: World, { PolicyId }: Readonly<Record<string, unknown>>): Control {
  const control = controls.find(({ id }) => id === PolicyId);
  if (control === undefined) throw new Error(`no policy ${String(PolicyId)}`);
  return control;
}

const pageSize = 10;

/** In pages, one of which is empty, as happens. */
function listAccounts({ accounts, organization }: World, token: unknown): unknown {
  const page = token === undefined ? 0 : Number(token);
  const start = Math.max(0, page - 1) * pageSize;
  const listed = page === 0 ? [] : accounts.slice(start, start + pageSize);
  const isLast = page * pageSize >= accounts.length;
  return {
    Accounts: listed.map(({ id, name, state, unit }) => ({
      Id: id,
      Name: name,
      State: state,
      Paths: [`${organization}/r-ab12/${unit}${id}/`],
    })),
    ...(isLast ? {} : { NextToken: String(page + 1) }),
  };
}

function assumeRole(world: World, { RoleArn }: Readonly<Record<string, unknown>>): unknown {
  const account = world.accounts.find(({ id }) => RoleArn === `arn:aws:iam::${id}:role/${world.auditRole}`);
  if (account?.auditRole === 'missing')
    throw refusal(
      'AccessDenied',
      `User: arn:aws:sts::${world.caller}:assumed-role/AWSReservedSSO_SecurityAudit_0123456789abcdef/kim is not authorized to perform: sts:AssumeRole on resource: ${String(RoleArn)}`,
    );
  return { Credentials: { AccessKeyId: 'EXAMPLE', SecretAccessKey: 'EXAMPLE', SessionToken: 'EXAMPLE' } };
}

/** The world has nothing of what its answers do not speak of: lists are empty, and there is no policy. */
const nothing = () => ({});

/** What a world answers to a request. Fails as the service would. */
function answer(world: World, request: Request): unknown {
  if (request.speaker === 'caller') return answerCaller(world, request);
  const account = world.accounts.find(({ id }) => id === request.speaker);
  const call = `${request.client}.${request.operation}`;
  const answerOf = answers[call] ?? nothing;
  if (account === undefined) throw new Error(`no answer to ${call} of ${request.speaker}`);
  const fault = account.faults.find(
    (each) => each.call === call && (each.region ?? request.region) === request.region,
  );
  if (fault !== undefined) throw refusal(fault.error.name, fault.error.message);
  return answerOf({ world, account, region: request.region, input: request.input });
}

type Middleware = (
  next: unknown,
  context: { readonly clientName?: string; readonly commandName?: string },
) => (args: { input: Readonly<Record<string, unknown>> }) => Promise<{ output: unknown; response: unknown }>;

/** Answers SDK clients from a world: what is recorded outside of it looks as if AWS had answered. */
export function answeredBy(world: World): Recording {
  return {
    attach(client, { account: speaker, region }) {
      const middleware: Middleware =
        (_, { clientName = '', commandName = '' }) =>
        async ({ input }) => {
          const names = {
            client: clientName.replace(/Client$/, ''),
            operation: commandName.replace(/Command$/, ''),
          };
          const output = answer(world, { speaker, region, ...names, input }) as object;
          return { output: { ...output, $metadata: {} }, response: undefined };
        };
      client.middlewareStack.add(middleware as never, { step: 'initialize', priority: 'low' });
    },
  };
}
