import type { Channel } from '../app/alert-ports.ts';
import { busChannel, chatChannel, hubChannel, topicChannel } from '../app/channels.ts';
import type { Ports } from '../app/ports.ts';
import { InputError } from '../errors.ts';
import type { AlertRules } from '../findings/alert.ts';
import { severities } from '../findings/severity.ts';
import { partitionOf } from '../iam/place.ts';
import { kinds } from '../kinds/index.ts';
import { awsAuditLog, bucketReports } from './audit-log.ts';
import { auditMachine } from './audit-machine.ts';
import { openBucket } from './bucket.ts';
import { bucketZone } from './bucket-zone.ts';
import { sqsChangeQueue } from './change-queue.ts';
import { type CallSettings, callSettings } from './client-settings.ts';
import { eventBus } from './event-bus.ts';
import { jsonLog } from './json-log.ts';
import { lazy } from './lazy.ts';
import { awsOrganization } from './organization.ts';
import { securityHub } from './security-hub.ts';
import { assumedSessions } from './sessions.ts';
import { tableAlertBook } from './table-alert-book.ts';
import { tableStore } from './table-store.ts';
import { snsTopic } from './topic.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new InputError(
    'the environment',
    `\`${name}\` is not set`,
    'deploy the function with serverless.yml',
  );
}

interface Common {
  readonly region: string;
  readonly calls: CallSettings;
}

/** The channels that the environment switches on; the topic of findings is always one. */
function channelsOf(environment: Environment, common: Common): readonly Channel[] {
  const chat = environment.TRUSTWATCH_CHAT_TOPIC;
  const { region } = common;
  const channels: (Channel | undefined | false)[] = [
    topicChannel(snsTopic({ ...common, topic: required(environment, 'TRUSTWATCH_TOPIC') })),
    chat ? chatChannel(snsTopic({ ...common, topic: chat })) : undefined,
    environment.TRUSTWATCH_EVENTS === 'true' && busChannel(eventBus(common)),
    environment.TRUSTWATCH_SECURITY_HUB === 'true' &&
      hubChannel(
        { partition: partitionOf(region), region, account: required(environment, 'TRUSTWATCH_ACCOUNT') },
        securityHub(common),
      ),
  ];
  return channels.filter((channel) => typeof channel === 'object');
}

/** `60,300`: seconds before the second look and the third. SQS delays by 900 at most. */
function delaysOf(text: string): readonly number[] {
  const delays = text.split(',').map(Number);
  if (delays.length <= 3 && delays.every((delay) => delay >= 0 && delay <= 900)) return delays;
  throw new InputError(
    'the environment',
    `\`${text}\` is no list of delays`,
    'deploy with secondLookSeconds of up to three numbers from 0 to 900: 60,300',
  );
}

function alertRulesOf(environment: Environment): AlertRules {
  const below = environment.TRUSTWATCH_DIGEST_BELOW ?? '';
  const stormAfter = Number(required(environment, 'TRUSTWATCH_STORM_AFTER'));
  const digestBelow = severities.find((severity) => severity === below);
  if ((below !== '' && digestBelow === undefined) || !(stormAfter > 0 && stormAfter <= 500))
    throw new InputError(
      'the environment',
      `\`${below}\` or \`${stormAfter}\` is no rule of alerts`,
      `deploy with digestBelow one of ${severities.join(', ')} or empty, and stormAfter from 1 to 500`,
    );
  return { stormAfter, ...(digestBelow && { digestBelow }) };
}

/**
 * The ports of a Lambda. Each is made when it is first used: a function needs the variables, the permissions and
 * the SDK clients of its own ports alone.
 */
export function lambdaPorts(environment: Environment): Ports {
  const variable = (name: string) => required(environment, name);
  const clock = { now: () => new Date() };
  const common = lazy(() => ({ region: variable('AWS_REGION'), calls: callSettings() }));
  const bucket = lazy(() => openBucket({ ...common(), bucket: variable('TRUSTWATCH_BUCKET') }));
  const table = lazy(() => ({ ...common(), table: variable('TRUSTWATCH_TABLE') }));
  const organization = lazy(() => awsOrganization(common()));
  const sessions = lazy(() => {
    const externalId = environment.TRUSTWATCH_EXTERNAL_ID;
    return assumedSessions({
      ...common(),
      roleName: variable('TRUSTWATCH_AUDIT_ROLE'),
      ...(externalId && { externalId }),
      sessionName: variable('AWS_LAMBDA_FUNCTION_NAME'),
    });
  });
  const store = lazy(() => tableStore(table()));
  const auditLog = lazy(() => awsAuditLog(bucket(), table()));
  const audits = lazy(() => auditMachine({ ...common(), machine: variable('TRUSTWATCH_AUDIT_MACHINE') }));
  const reports = lazy(() => bucketReports(bucket()));
  const changeQueue = lazy(() =>
    sqsChangeQueue({
      ...common(),
      queue: variable('TRUSTWATCH_CHANGES'),
      delaysSeconds: delaysOf(variable('TRUSTWATCH_SECOND_LOOKS')),
    }),
  );
  const own = lazy(() => ({
    // A role's path is no part of its name.
    auditRole: variable('TRUSTWATCH_AUDIT_ROLE').replace(/^.*\//, ''),
    stack: variable('TRUSTWATCH_STACK'),
    account: variable('TRUSTWATCH_ACCOUNT'),
  }));
  const channels = lazy(() => channelsOf(environment, common()));
  const alertBook = lazy(() => tableAlertBook(table()));
  const alertRules = lazy(() => alertRulesOf(environment));
  const zones = lazy(() => bucketZone(bucket(), organization(), clock));
  return {
    kinds,
    clock,
    log: jsonLog((line) => process.stdout.write(line)),
    get organization() {
      return organization();
    },
    get sessions() {
      return sessions();
    },
    get store() {
      return store();
    },
    get auditLog() {
      return auditLog();
    },
    get audits() {
      return audits();
    },
    get reports() {
      return reports();
    },
    get changeQueue() {
      return changeQueue();
    },
    get own() {
      return own();
    },
    get channels() {
      return channels();
    },
    get alertBook() {
      return alertBook();
    },
    get alertRules() {
      return alertRules();
    },
    get zones() {
      return zones();
    },
  };
}
