import { BlockList, isIP, isIPv4 } from 'node:net';
import { oneValue, valuesOf } from './request.ts';
import type { Fact } from './world.ts';

/**
 * Where a request comes from: a public address, or through a VPC endpoint, and then aws:SourceIp is absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 */
const endpointKeys = [
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:SourceVpcArn',
  'aws:VpcSourceIp',
  'aws:VpceAccount',
  'aws:VpceOrgID',
  'aws:VpceOrgPaths',
];

/** Addresses that no public request comes from. https://www.iana.org/assignments/iana-ipv4-special-registry/ */
const privateAddresses = new BlockList();
privateAddresses.addSubnet('10.0.0.0', 8);
privateAddresses.addSubnet('172.16.0.0', 12);
privateAddresses.addSubnet('192.168.0.0', 16);
privateAddresses.addSubnet('127.0.0.0', 8);
privateAddresses.addSubnet('169.254.0.0', 16);
privateAddresses.addSubnet('fc00::', 7, 'ipv6');
privateAddresses.addSubnet('fe80::', 10, 'ipv6');
privateAddresses.addAddress('::1', 'ipv6');

const comesOneWay: Fact = ({ request: { context } }) => {
  const endpoint = endpointKeys.find((key) => valuesOf(context, key) !== undefined);
  return endpoint && valuesOf(context, 'aws:SourceIp')
    ? `through an endpoint (\`${endpoint}\`) there is no \`aws:SourceIp\``
    : undefined;
};

/**
 * The keys are there only where the requester uses a VPC endpoint; a service that calls by itself uses none, so that
 * network perimeters make an exception for services.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 */
const servicesUseNoEndpoint: Fact = ({ request: { principal, context } }) => {
  const endpoint = endpointKeys.find((key) => valuesOf(context, key) !== undefined);
  return endpoint && principal.type === 'Service' ? `services have no \`${endpoint}\`` : undefined;
};

const comesSomeWay: Fact = ({ request: { principal, context }, asksFor }) => {
  const carries = [...endpointKeys, 'aws:SourceIp'].some((key) => valuesOf(context, key) !== undefined);
  const mustSay = asksFor('aws:SourceIp') && ['aws:SourceVpce', 'aws:SourceVpc'].some(asksFor);
  return principal.type !== 'Service' && mustSay && !carries
    ? 'a request comes from an address or through an endpoint'
    : undefined;
};

const addressIsPublic: Fact = ({ request: { context } }) => {
  const address = oneValue(context, 'aws:SourceIp');
  if (address === undefined) return undefined;
  if (isIP(address) === 0) return `\`${address}\` is no address`;
  const isPrivate = privateAddresses.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  return isPrivate ? `\`${address}\` is a private address` : undefined;
};

/** An endpoint is in a VPC and both have ids; whoever names one by an illegal id names none. */
const endpointIsNamed: Fact = ({ request: { context }, asksFor }) => {
  const [vpc, vpce] = [oneValue(context, 'aws:SourceVpc'), oneValue(context, 'aws:SourceVpce')];
  if (vpc !== undefined && !/^vpc-[a-z0-9]+$/.test(vpc)) return `\`${vpc}\` is no VPC`;
  if (vpce !== undefined && !/^vpce-[a-z0-9]+$/.test(vpce)) return `\`${vpce}\` is no endpoint`;
  if (vpc !== undefined && vpce === undefined && asksFor('aws:SourceVpce'))
    return 'an endpoint has `aws:SourceVpce`';
  return vpce !== undefined && vpc === undefined && asksFor('aws:SourceVpc')
    ? 'an endpoint has `aws:SourceVpc`'
    : undefined;
};

export const networkFacts: readonly Fact[] = [
  comesOneWay,
  servicesUseNoEndpoint,
  comesSomeWay,
  addressIsPublic,
  endpointIsNamed,
];
