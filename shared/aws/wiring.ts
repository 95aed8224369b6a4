import type { Ports } from '../app/ports.ts';
import { InputError } from '../errors.ts';
import { kinds } from '../kinds/index.ts';
import { awsAuditLog, bucketReports } from './audit-log.ts';
import { openBucket } from './bucket.ts';
import { bucketZone } from './bucket-zone.ts';
import { callSettings } from './client-settings.ts';
import { jsonLog } from './json-log.ts';
import { lazy } from './lazy.ts';
import { awsOrganization } from './organization.ts';
import { assumedSessions } from './sessions.ts';
import { tableStore } from './table-store.ts';
import { topicPublisher } from './topic-publisher.ts';

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
  const reports = lazy(() => bucketReports(bucket()));
  const publisher = lazy(() => topicPublisher({ ...common(), topic: variable('TRUSTWATCH_TOPIC') }));
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
    get reports() {
      return reports();
    },
    get publisher() {
      return publisher();
    },
    get zones() {
      return zones();
    },
  };
}
