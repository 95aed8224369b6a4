import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as config from '@aws-sdk/client-config-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as efs from '@aws-sdk/client-efs';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as lambda from '@aws-sdk/client-lambda';
import * as opensearch from '@aws-sdk/client-opensearch';
import * as rds from '@aws-sdk/client-rds';
import * as s3 from '@aws-sdk/client-s3';
import * as control from '@aws-sdk/client-s3-control';
import * as servicecatalog from '@aws-sdk/client-service-catalog';
import * as ses from '@aws-sdk/client-sesv2';
import * as ssm from '@aws-sdk/client-ssm';
import * as lattice from '@aws-sdk/client-vpc-lattice';
import type { Place } from '../../shared/iam/place.ts';
import type { OpenClient } from '../../shared/kinds/kind.ts';
import { allow, stranger, strangers } from './plants.ts';

/** Plants one shared and, where there can be two, one private resource; gives how the shared one's ARN ends. */
type Plant = (open: OpenClient, place: Place) => Promise<string>;

const policy = (action: string, resource = '*') =>
  allow({ Sid: 'shared', Principal: strangers, Action: action, Resource: resource });

/**
 * By kind, what the emulator of member accounts serves. Left out: what the kinds' own plants of the organization
 * (plants.ts) prove, and snapshots, of which it lists hundreds that nobody made.
 */
export const plants: Readonly<Record<string, Plant>> = {
  async 'config:aggregation-authorization'(open, { region }) {
    const client = open(config.ConfigServiceClient);
    const authorization = { AuthorizedAccountId: stranger, AuthorizedAwsRegion: region };
    await client.send(new config.PutAggregationAuthorizationCommand(authorization));
    return `/${stranger}/${region}`;
  },

  async 'ec2:image'(open) {
    const client = open(ec2.EC2Client);
    const register = async (Name: string) =>
      (await client.send(new ec2.RegisterImageCommand({ Name, RootDeviceName: '/dev/sda1' }))).ImageId;
    await register('private');
    const ImageId = await register('shared');
    const LaunchPermission = { Add: [{ UserId: stranger }] };
    await client.send(new ec2.ModifyImageAttributeCommand({ ImageId, LaunchPermission }));
    return `image/${ImageId}`;
  },

  async 'ecr:registry'(open) {
    await open(ecr.ECRClient).send(
      new ecr.PutRegistryPolicyCommand({ policyText: policy('ecr:ReplicateImage') }),
    );
    return 'repository/*';
  },

  async 'elasticfilesystem:file-system'(open) {
    const client = open(efs.EFSClient);
    const make = async (CreationToken: string) =>
      (await client.send(new efs.CreateFileSystemCommand({ CreationToken }))).FileSystemId;
    await make('private');
    const FileSystemId = await make('shared');
    const Policy = policy('elasticfilesystem:ClientMount');
    await client.send(new efs.PutFileSystemPolicyCommand({ FileSystemId, Policy }));
    return `file-system/${FileSystemId}`;
  },

  async 'es:domain'(open) {
    const client = open(opensearch.OpenSearchClient);
    await client.send(new opensearch.CreateDomainCommand({ DomainName: 'private' }));
    const shared = { DomainName: 'shared', AccessPolicies: policy('es:ESHttpGet') };
    await client.send(new opensearch.CreateDomainCommand(shared));
    return 'domain/shared';
  },

  async 'kinesis:stream'(open, { account, region }) {
    const client = open(kinesis.KinesisClient);
    for (const StreamName of ['private', 'shared'])
      await client.send(new kinesis.CreateStreamCommand({ StreamName, ShardCount: 1 }));
    const ResourceARN = `arn:aws:kinesis:${region}:${account}:stream/shared`;
    const Policy = policy('kinesis:GetRecords', ResourceARN);
    await client.send(new kinesis.PutResourcePolicyCommand({ ResourceARN, Policy }));
    return 'stream/shared';
  },

  async 'lambda:layer'(open) {
    const client = open(lambda.LambdaClient);
    // The end of an empty archive is all that there is of it.
    const ZipFile = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);
    for (const LayerName of ['private', 'shared'])
      await client.send(new lambda.PublishLayerVersionCommand({ LayerName, Content: { ZipFile } }));
    await client.send(
      new lambda.AddLayerVersionPermissionCommand({
        LayerName: 'shared',
        VersionNumber: 1,
        StatementId: 'shared',
        Action: 'lambda:GetLayerVersion',
        Principal: stranger,
      }),
    );
    return 'layer:shared';
  },

  async 'logs:destination'(open) {
    const client = open(logs.CloudWatchLogsClient);
    const target = { targetArn: 'arn:aws:kinesis:x', roleArn: 'arn:aws:iam::x:role/x' };
    for (const destinationName of ['private', 'shared'])
      await client.send(new logs.PutDestinationCommand({ destinationName, ...target }));
    const accessPolicy = policy('logs:PutSubscriptionFilter');
    await client.send(new logs.PutDestinationPolicyCommand({ destinationName: 'shared', accessPolicy }));
    return 'destination:shared';
  },

  async 'logs:resource-policy'(open) {
    const policyDocument = policy('logs:PutLogEvents');
    await open(logs.CloudWatchLogsClient).send(
      new logs.PutResourcePolicyCommand({ policyName: 'shared', policyDocument }),
    );
    return 'log-group:*';
  },

  async 'rds:cluster-snapshot'(open) {
    const client = open(rds.RDSClient);
    const DBClusterIdentifier = 'store';
    const login = { MasterUsername: 'admin', MasterUserPassword: 'emulated0' };
    const cluster = { DBClusterIdentifier, Engine: 'aurora-postgresql', ...login };
    await client.send(new rds.CreateDBClusterCommand(cluster));
    for (const DBClusterSnapshotIdentifier of ['private', 'shared']) {
      const snapshot = { DBClusterIdentifier, DBClusterSnapshotIdentifier };
      await client.send(new rds.CreateDBClusterSnapshotCommand(snapshot));
    }
    await client.send(
      new rds.ModifyDBClusterSnapshotAttributeCommand({
        DBClusterSnapshotIdentifier: 'shared',
        AttributeName: 'restore',
        ValuesToAdd: [stranger],
      }),
    );
    return 'cluster-snapshot:shared';
  },

  async 'rds:db-snapshot'(open) {
    const client = open(rds.RDSClient);
    const DBInstanceIdentifier = 'store';
    const instance = { DBInstanceIdentifier, DBInstanceClass: 'db.t4g.micro', Engine: 'postgres' };
    await client.send(new rds.CreateDBInstanceCommand(instance));
    for (const DBSnapshotIdentifier of ['private', 'shared'])
      await client.send(new rds.CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier }));
    const share = { AttributeName: 'restore', ValuesToAdd: [stranger] };
    await client.send(new rds.ModifyDBSnapshotAttributeCommand({ DBSnapshotIdentifier: 'shared', ...share }));
    return ':snapshot:shared';
  },

  async 's3:access-point'(open, { account: AccountId, region }) {
    const Bucket = 'kinds-access-points';
    const place = { LocationConstraint: region as s3.BucketLocationConstraint };
    const bucket = { Bucket, CreateBucketConfiguration: place };
    await open(s3.S3Client).send(new s3.CreateBucketCommand(bucket));
    const client = open(control.S3ControlClient);
    for (const Name of ['private', 'shared'])
      await client.send(new control.CreateAccessPointCommand({ AccountId, Name, Bucket }));
    const Policy = policy('s3:GetObject');
    await client.send(new control.PutAccessPointPolicyCommand({ AccountId, Name: 'shared', Policy }));
    return 'accesspoint/shared';
  },

  async 'servicecatalog:portfolio'(open) {
    const client = open(servicecatalog.ServiceCatalogClient);
    const make = async (DisplayName: string) =>
      (await client.send(new servicecatalog.CreatePortfolioCommand({ DisplayName, ProviderName: 'x' })))
        .PortfolioDetail?.Id;
    await make('private');
    const PortfolioId = await make('shared');
    const share = { PortfolioId, AccountId: stranger };
    await client.send(new servicecatalog.CreatePortfolioShareCommand(share));
    return `portfolio/${PortfolioId}`;
  },

  async 'ses:identity'(open) {
    const client = open(ses.SESv2Client);
    for (const EmailIdentity of ['private.example', 'shared.example'])
      await client.send(new ses.CreateEmailIdentityCommand({ EmailIdentity }));
    const Policy = policy('ses:SendEmail');
    const shared = { EmailIdentity: 'shared.example', PolicyName: 'shared', Policy };
    await client.send(new ses.CreateEmailIdentityPolicyCommand(shared));
    return 'identity/shared.example';
  },

  async 'ssm:document'(open) {
    const client = open(ssm.SSMClient);
    const steps = [{ action: 'aws:runShellScript', name: 'x', inputs: { runCommand: ['true'] } }];
    const Content = JSON.stringify({ schemaVersion: '2.2', description: 'x', mainSteps: steps });
    for (const Name of ['private', 'shared'])
      await client.send(new ssm.CreateDocumentCommand({ Name, Content, DocumentType: 'Command' }));
    const share = { PermissionType: 'Share' as const, AccountIdsToAdd: [stranger] };
    await client.send(new ssm.ModifyDocumentPermissionCommand({ Name: 'shared', ...share }));
    return 'document/shared';
  },

  async 'vpc-lattice:auth-policy'(open) {
    const client = open(lattice.VPCLatticeClient);
    const make = async (name: string) => client.send(new lattice.CreateServiceCommand({ name }));
    await make('private');
    const { arn = '' } = await make('shared');
    const shared = { resourceIdentifier: arn, policy: policy('vpc-lattice-svcs:Invoke') };
    await client.send(new lattice.PutAuthPolicyCommand(shared));
    return arn;
  },
};
