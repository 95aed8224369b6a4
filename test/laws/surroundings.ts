import type { DecisionInput } from '../../shared/access/decision.ts';
import { isAccessPoint } from '../spec/access-point-facts.ts';
import { accountOfArn } from '../spec/arn.ts';
import type { Principal } from '../spec/request.ts';
import { stranger } from './callers.ts';
import { type Draft, inSegments, placeLike } from './facts.ts';
import { accountInstance, addressInstance, arnInstance, instanceOf } from './instance.ts';
import { pick, pickOr } from './random.ts';
import { type Vocabulary, valuesFor } from './vocabulary.ts';

/** The way a request comes: from an address, or through an endpoint. */
export function networkFacts(principal: Principal, { lines }: Vocabulary, random: () => number): Draft {
  if (principal.type === 'Service' && random() < 0.5) return {};
  const ranges = valuesFor(lines, 'aws:SourceIp').map((range) => addressInstance(range, random));
  if (random() < 0.65 || principal.type === 'Service')
    return { 'aws:SourceIp': pickOr(random, [...ranges, ...ranges, '8.8.8.8', '2a00::1'], '8.8.8.8') };
  const vpcs = valuesFor(lines, 'aws:SourceVpc').map((value) => instanceOf(value, random));
  const vpces = valuesFor(lines, 'aws:SourceVpce').map((value) => instanceOf(value, random));
  const arns = valuesFor(lines, 'aws:SourceVpcArn').map((value) => arnInstance(value, random));
  const paths = [
    ...valuesFor(lines, 'aws:VpceOrgPaths'),
    ...valuesFor(lines, 'aws:VpceOrgID').map((id) => `${id}/*`),
  ].map((value) => placeLike(instanceOf(inSegments(value), random), random));
  const path = pickOr(random, [...paths, 'o-stranger00/r-zz99/'], 'o-stranger00/r-zz99/');
  return {
    ...(random() < 0.7 && {
      'aws:VpceOrgID': path.split('/')[0] ?? '',
      'aws:VpceOrgPaths': [path],
    }),
    ...(random() < 0.7 && {
      'aws:SourceVpcArn': pickOr(random, arns, `arn:aws:ec2:eu-west-1:${stranger(random)}:vpc/vpc-stranger`),
    }),
    'aws:SourceVpc': pickOr(random, [...vpcs, 'vpc-stranger'], 'vpc-stranger'),
    'aws:SourceVpce': pickOr(random, [...vpces, 'vpce-stranger'], 'vpce-stranger'),
    'aws:VpcSourceIp': '10.0.0.9',
    'aws:VpceAccount': pickOr(
      random,
      [...valuesFor(lines, 'aws:VpceAccount'), stranger(random)],
      stranger(random),
    ),
  };
}

const accessPointKeys = ['s3:DataAccessPointAccount', 's3:DataAccessPointArn'];

/** Through which access point a request comes: to an access point through itself, to a bucket through any or none. */
function accessPointFacts({ resource }: DecisionInput, { lines }: Vocabulary, random: () => number): Draft {
  const through = (arn: string): Draft => ({
    's3:DataAccessPointAccount': accountOfArn(arn) ?? resource.owner,
    's3:DataAccessPointArn': arn,
  });
  if (isAccessPoint(resource)) return through(resource.arn);
  if (valuesFor(lines, ...accessPointKeys).length === 0 || random() < 0.3) return {};
  const arns = valuesFor(lines, 's3:DataAccessPointArn').map((pattern) =>
    pattern.replace(/:s3:\*:?(?=[\d*]+:)/, ':s3:eu-west-1:').replace('/*', '/shared'),
  );
  const accounts = [...valuesFor(lines, 's3:DataAccessPointAccount'), stranger(random)];
  const made = accounts.map(
    (account) => `arn:aws:s3:eu-west-1:${accountInstance(account, random)}:accesspoint/reports`,
  );
  return through(arnInstance(pickOr(random, [...arns, ...made], ''), random));
}

const day = 24 * 60 * 60 * 1000;

/** Now or later, and what else every request says. */
export function commonFacts(vocabulary: Vocabulary, input: DecisionInput, random: () => number): Draft {
  const { lines } = vocabulary;
  const { zone } = input;
  const organization = zone.ownerOrganization ?? zone.organization;
  const dates = valuesFor(lines, 'aws:CurrentTime', 'aws:EpochTime').map(
    (text) => Date.parse(text) || Number(text) * 1000,
  );
  const near = dates.map((date) => date + pick(random, [-day, 0, day]));
  const time = Math.max(
    Date.now(),
    pickOr(random, [...near, Date.now()].filter(Number.isFinite), Date.now()),
  );
  return {
    'aws:CurrentTime': new Date(time).toISOString(),
    'aws:EpochTime': String(Math.floor(time / 1000)),
    'aws:SecureTransport': random() < 0.8 ? 'true' : 'false',
    'aws:ViaAWSService': random() < 0.9 ? 'false' : 'true',
    'aws:ResourceAccount': input.resource.owner,
    'aws:RequestedRegion': input.resource.arn.split(':')[3] || pick(random, ['eu-west-1', 'us-east-1']),
    ...(organization !== undefined && {
      'aws:ResourceOrgID': organization,
      'aws:ResourceOrgPaths': [`${organization}/r-ab12/ou-ab12-11111111/`],
    }),
    's3:ResourceAccount': input.resource.owner,
    ...accessPointFacts(input, vocabulary, random),
    ...(input.resource.kind === 'iam:role' && { 'sts:RoleSessionName': 'session' }),
  };
}
