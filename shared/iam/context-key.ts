import data from './data/condition-keys.json' with { type: 'json' };
import { remembering } from './memory.ts';

/** How a key's values look. */
export type KeyType = 'text' | 'address' | 'truth' | 'number' | 'date';

/** What a key, set to one value, pins down: see the table of semantics in DESIGN.md §5. */
type KeyReach = 'caller' | 'network' | 'provider' | 'request' | 'none';

export interface KeyFacts {
  /** As AWS writes it. */
  readonly name: string;
  readonly type: KeyType;
  readonly multiValued: boolean;
  readonly reach: KeyReach;
  /** Whether AWS has no such key, as far as our lists of the key's service go. */
  readonly unknown: boolean;
  /** Whether the key is of a service that our lists do not know: whether it has several values, nobody says. */
  readonly unheard: boolean;
  /** Whether the sort of caller may settle the key's value, whatever else the request holds. */
  readonly settled: boolean;
}

type Row = readonly [name: string, reach: KeyReach, type?: KeyType | 'list'];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const rows: readonly Row[] = [
  ['aws:AssumedRoot', 'none', 'truth'],
  ['aws:CalledVia', 'request', 'list'],
  ['aws:CalledViaAWSMCP', 'request'],
  ['aws:CalledViaFirst', 'request'],
  ['aws:CalledViaLast', 'request'],
  ['aws:ChatbotSourceArn', 'caller'],
  ['aws:CurrentTime', 'request', 'date'],
  ['aws:Ec2InstanceSourceVpc', 'network'],
  ['aws:Ec2InstanceSourcePrivateIPv4', 'none', 'address'],
  ['aws:EpochTime', 'request', 'date'],
  ['aws:FederatedProvider', 'provider'],
  ['aws:IsMcpServiceAction', 'request', 'truth'],
  ['aws:MultiFactorAuthAge', 'none', 'number'],
  ['aws:MultiFactorAuthPresent', 'none', 'truth'],
  // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trusted-identity-propagation.html
  ['aws:OriginIdentity/', 'none'],
  ['aws:PrincipalAccount', 'caller'],
  ['aws:PrincipalArn', 'caller'],
  ['aws:PrincipalIsAWSService', 'caller', 'truth'],
  ['aws:PrincipalOrgID', 'caller'],
  ['aws:PrincipalOrgPaths', 'caller', 'list'],
  ['aws:PrincipalServiceName', 'caller'],
  ['aws:PrincipalServiceNamesList', 'caller', 'list'],
  ['aws:PrincipalTag/', 'none'],
  ['aws:PrincipalType', 'none'],
  ['aws:Referer', 'none'],
  ['aws:RequestTag/', 'none'],
  ['aws:RequestedRegion', 'request'],
  ['aws:ResourceAccount', 'none'],
  ['aws:ResourceOrgID', 'none'],
  ['aws:ResourceOrgPaths', 'none', 'list'],
  ['aws:ResourceTag/', 'none'],
  ['aws:SecureTransport', 'request', 'truth'],
  ['aws:SignInSessionArn', 'caller'],
  ['aws:SourceAccount', 'caller'],
  ['aws:SourceArn', 'caller'],
  ['aws:SourceIdentity', 'none'],
  ['aws:SourceIp', 'network', 'address'],
  ['aws:SourceOrgID', 'caller'],
  ['aws:SourceOrgPaths', 'caller', 'list'],
  ['aws:SourceOwner', 'caller'],
  ['aws:SourceVpc', 'network'],
  ['aws:SourceVpcArn', 'network'],
  ['aws:SourceVpce', 'network'],
  ['aws:TagKeys', 'none', 'list'],
  ['aws:TokenIssueTime', 'request', 'date'],
  ['aws:UserAgent', 'none'],
  ['aws:userid', 'caller'],
  ['aws:username', 'none'],
  ['aws:ViaAWSMCPService', 'request', 'truth'],
  ['aws:ViaAWSService', 'request', 'truth'],
  ['aws:VpcSourceIp', 'none', 'address'],
  ['aws:VpceAccount', 'network'],
  ['aws:VpceOrgID', 'network'],
  ['aws:VpceOrgPaths', 'network', 'list'],
  ['kms:CallerAccount', 'caller'],
  ['kms:GrantIsForAWSResource', 'request', 'truth'],
  ['s3:DataAccessPointAccount', 'network'],
  ['s3:DataAccessPointArn', 'network'],
  ['s3:AccessPointNetworkOrigin', 'network'],
  ['s3:ResourceAccount', 'none'],
  ['s3:max-keys', 'request', 'number'],
  ['s3:object-lock-remaining-retention-days', 'request', 'number'],
  ['s3:signatureAge', 'request', 'number'],
  ['s3:TlsVersion', 'request', 'number'],
  ['sts:DurationSeconds', 'none', 'number'],
  ['sts:ExternalId', 'none'],
  ['sts:RoleSessionName', 'none'],
  ['sts:SourceIdentity', 'none'],
  ['sts:TransitiveTagKeys', 'none', 'list'],
  ['ec2:SourceInstanceArn', 'caller'],
  ['ec2:SourceInstanceARN', 'caller'],
  ['lambda:SourceFunctionArn', 'caller'],
  ['ssm:SourceInstanceARN', 'caller'],
  // https://docs.aws.amazon.com/codebuild/latest/userguide/permissions-conditionkeys-variables.html
  ['codebuild:buildArn', 'caller'],
  ['codebuild:projectArn', 'caller'],
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_resource-based-policy-examples.html
  ['cloudtrail:ExternalId', 'none'],
  ['lambda:EventSourceToken', 'none'],
  ['lambda:InvokedViaFunctionUrl', 'request', 'truth'],
  // https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
  ['vpc-lattice-svcs:SourceVpc', 'network'],
  ['vpc-lattice-svcs:SourceVpcOwnerAccount', 'network'],
  ['identitystore:UserId', 'none'],
  ['saml:aud', 'none'],
];

function factsOf([name, reach, type]: Row): readonly [string, KeyFacts] {
  const multiValued = type === 'list';
  return [
    name.toLowerCase(),
    {
      name,
      reach,
      multiValued,
      type: type === 'list' || type === undefined ? 'text' : type,
      unknown: false,
      unheard: false,
      settled: reach === 'caller' || name === 'aws:PrincipalType' || name === 'aws:username',
    },
  ];
}

const described: ReadonlyMap<string, KeyFacts> = new Map(rows.map(factsOf));
const multiValued: ReadonlySet<string> = new Set(data.multiValued.map((name) => name.toLowerCase()));
const known: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ...Object.entries(data.known).map(
    ([service, names]) => [service, new Map(names.map((name) => [name.toLowerCase(), name]))] as const,
  ),
  ['aws', new Map(rows.map(([name]) => [name.toLowerCase(), name]))],
]);

/** Families of keys end with `/` or with `EncryptionContext:`; the rest of the key is the reader's own. */
function family(key: string): string {
  const slash = key.indexOf('/');
  if (slash !== -1) return key.slice(0, slash + 1);
  return key.startsWith('kms:encryptioncontext:') ? 'kms:encryptioncontext:' : key;
}

/**
 * Whether a key begins as a URL. A claim's key is called after its issuer without `https://`, so that no request has one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export const isOfUrl = (key: string): boolean => /^https?:\/\//.test(key);

/** Whether a key is a claim of a token: `token.actions.githubusercontent.com:sub`. */
export function isClaim(key: string): boolean {
  const colon = key.indexOf(':');
  const dot = key.indexOf('.');
  return dot !== -1 && dot < colon && !key.startsWith('kms:');
}

/** Whether the key says what a token or an assertion says. */
export const isOfToken = (key: string): boolean => isClaim(key) || key.startsWith('saml:');

/** The issuer's host and path of a claim's key. */
export function issuerOfClaim(key: string): string {
  return key.slice(0, key.lastIndexOf(':'));
}

/** What is known of a key, given in lower case. An unknown one is a single text, of which nobody knows what it says. */
export const keyFacts: (key: string) => KeyFacts = remembering(findFacts);

function findFacts(key: string): KeyFacts {
  const facts = described.get(key) ?? described.get(family(key));
  if (facts !== undefined) return facts;
  const claim = isOfToken(key);
  const service = key.slice(0, key.indexOf(':'));
  const unknown = isUnknown(key, service);
  return {
    name: known.get(service)?.get(key) ?? key,
    reach: claim ? 'provider' : unknown ? 'none' : 'request',
    multiValued:
      multiValued.has(key) || multiValued.has(family(key)) || key.endsWith(':amr') || key.endsWith(':groups'),
    type: 'text',
    unknown,
    unheard: !claim && key.includes(':') && !known.has(service),
    settled: claim,
  };
}

/** Every key of AWS is of a service, which its name begins with. */
function isUnknown(key: string, service: string): boolean {
  if (key.indexOf(':') < 1 || isOfUrl(key)) return true;
  const names = known.get(service);
  return names !== undefined && !names.has(key) && !names.has(family(key));
}

/** The key as AWS writes it, given in lower case: the name of its family, then the reader's own part. */
export function keyName(key: string): string {
  const { name } = keyFacts(key);
  return name.length < key.length ? name + key.slice(name.length) : name;
}
