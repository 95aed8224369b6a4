import * as dsql from '@aws-sdk/client-dsql';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as efs from '@aws-sdk/client-efs';
import * as kms from '@aws-sdk/client-kms';
import * as lakeformation from '@aws-sdk/client-lakeformation';
import * as opensearch from '@aws-sdk/client-opensearch';
import * as rds from '@aws-sdk/client-rds';
import * as s3 from '@aws-sdk/client-s3';
import * as control from '@aws-sdk/client-s3-control';
import * as s3tables from '@aws-sdk/client-s3tables';
import * as s3vectors from '@aws-sdk/client-s3vectors';
import * as secrets from '@aws-sdk/client-secrets-manager';
import { stranger } from '../plants.ts';
import { type Plant, policy } from './plant.ts';

const bucketIn = (region: string, Bucket: string) => ({
  Bucket,
  CreateBucketConfiguration: { LocationConstraint: region as s3.BucketLocationConstraint },
});

/** What is kept: buckets, tables, snapshots, file systems, keys, secrets. */
export const stores: Readonly<Record<string, Plant>> = {
  async 'dsql:cluster'(open) {
    const client = open(dsql.DSQLClient);
    await client.send(new dsql.CreateClusterCommand({}));
    const { identifier } = await client.send(new dsql.CreateClusterCommand({}));
    const shared = { identifier, policy: policy('dsql:DbConnect') };
    await client.send(new dsql.PutClusterPolicyCommand(shared));
    return `cluster/${identifier}`;
  },

  async 'dynamodb:table'(open, { account, region }) {
    const client = open(dynamodb.DynamoDBClient);
    for (const TableName of ['private', 'shared'])
      await client.send(
        new dynamodb.CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        }),
      );
    const ResourceArn = `arn:aws:dynamodb:${region}:${account}:table/shared`;
    const Policy = policy('dynamodb:GetItem', ResourceArn);
    await client.send(new dynamodb.PutResourcePolicyCommand({ ResourceArn, Policy }));
    return 'table/shared';
  },

  async 'ec2:snapshot'(open) {
    const client = open(ec2.EC2Client);
    const { VolumeId } = await client.send(
      new ec2.CreateVolumeCommand({ AvailabilityZone: 'eu-west-1a', Size: 1 }),
    );
    const make = async () => (await client.send(new ec2.CreateSnapshotCommand({ VolumeId }))).SnapshotId;
    await make();
    const SnapshotId = await make();
    const share = { OperationType: 'add' as const, UserIds: [stranger] };
    await client.send(new ec2.ModifySnapshotAttributeCommand({ SnapshotId, ...share }));
    return `snapshot/${SnapshotId}`;
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

  async 'kms:key'(open) {
    const client = open(kms.KMSClient);
    const make = async () => (await client.send(new kms.CreateKeyCommand({}))).KeyMetadata?.KeyId;
    await make();
    const KeyId = await make();
    const Policy = policy('kms:Decrypt');
    await client.send(new kms.PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy }));
    return `key/${KeyId}`;
  },

  async 'lakeformation:permissions'(open, { account }) {
    const client = open(lakeformation.LakeFormationClient);
    const role = (name: string) => ({ DataLakePrincipalIdentifier: `arn:aws:iam::${account}:role/${name}` });
    const DataLakeSettings = { ReadOnlyAdmins: [role('OrganizationAccountAccessRole')] };
    await client.send(new lakeformation.PutDataLakeSettingsCommand({ DataLakeSettings }));
    const Resource = { Table: { DatabaseName: 'sales', Name: 'orders' } };
    for (const Principal of [role('analyst'), { DataLakePrincipalIdentifier: stranger }])
      await client.send(
        new lakeformation.GrantPermissionsCommand({ Principal, Resource, Permissions: ['SELECT'] }),
      );
    return 'permissions';
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
    await open(s3.S3Client).send(new s3.CreateBucketCommand(bucketIn(region, Bucket)));
    const client = open(control.S3ControlClient);
    for (const Name of ['private', 'shared'])
      await client.send(new control.CreateAccessPointCommand({ AccountId, Name, Bucket }));
    const Policy = policy('s3:GetObject');
    await client.send(new control.PutAccessPointPolicyCommand({ AccountId, Name: 'shared', Policy }));
    return 'accesspoint/shared';
  },

  async 's3:bucket'(open, { region }) {
    const client = open(s3.S3Client);
    for (const Bucket of ['kinds-private', 'kinds-shared'])
      await client.send(new s3.CreateBucketCommand(bucketIn(region, Bucket)));
    const Policy = policy('s3:GetObject', 'arn:aws:s3:::kinds-shared/*');
    await client.send(new s3.PutBucketPolicyCommand({ Bucket: 'kinds-shared', Policy }));
    return ':kinds-shared';
  },

  async 's3:multi-region-access-point'(open, { account: AccountId }) {
    const Bucket = 'kinds-multi-region';
    await open(s3.S3Client, { region: 'us-east-1' }).send(new s3.CreateBucketCommand({ Bucket }));
    const client = open(control.S3ControlClient, { region: 'us-west-2' });
    for (const Name of ['private', 'shared']) {
      const Details = { Name, Regions: [{ Bucket }] };
      await client.send(new control.CreateMultiRegionAccessPointCommand({ AccountId, Details }));
    }
    const Details = { Name: 'shared', Policy: policy('s3:GetObject') };
    await client.send(new control.PutMultiRegionAccessPointPolicyCommand({ AccountId, Details }));
    const shared = new control.GetMultiRegionAccessPointCommand({ AccountId, Name: 'shared' });
    return `accesspoint/${(await client.send(shared)).AccessPoint?.Alias}`;
  },

  async 's3tables:table'(open) {
    const client = open(s3tables.S3TablesClient);
    const { arn: tableBucketARN } = await client.send(
      new s3tables.CreateTableBucketCommand({ name: 'tables' }),
    );
    const namespace = 'sales';
    await client.send(new s3tables.CreateNamespaceCommand({ tableBucketARN, namespace: [namespace] }));
    const make = async (name: string) => {
      const table = { tableBucketARN, namespace, name, format: 'ICEBERG' } as const;
      return (await client.send(new s3tables.CreateTableCommand(table))).tableARN ?? '';
    };
    await make('private');
    const tableARN = await make('shared');
    const resourcePolicy = policy('s3tables:GetTableData');
    const shared = { tableBucketARN, namespace, name: 'shared', resourcePolicy };
    await client.send(new s3tables.PutTablePolicyCommand(shared));
    return tableARN;
  },

  async 's3tables:table-bucket'(open) {
    const client = open(s3tables.S3TablesClient);
    const make = async (name: string) =>
      (await client.send(new s3tables.CreateTableBucketCommand({ name }))).arn ?? '';
    await make('private');
    const tableBucketARN = await make('shared');
    const resourcePolicy = policy('s3tables:GetTableData');
    await client.send(new s3tables.PutTableBucketPolicyCommand({ tableBucketARN, resourcePolicy }));
    return tableBucketARN;
  },

  async 's3vectors:vector-bucket'(open) {
    const client = open(s3vectors.S3VectorsClient);
    for (const vectorBucketName of ['private', 'shared'])
      await client.send(new s3vectors.CreateVectorBucketCommand({ vectorBucketName }));
    const shared = { vectorBucketName: 'shared', policy: policy('s3vectors:QueryVectors') };
    await client.send(new s3vectors.PutVectorBucketPolicyCommand(shared));
    return 'bucket/shared';
  },

  async 'secretsmanager:secret'(open) {
    const client = open(secrets.SecretsManagerClient);
    for (const Name of ['private', 'shared'])
      await client.send(new secrets.CreateSecretCommand({ Name, SecretString: 'unread' }));
    const ResourcePolicy = policy('secretsmanager:GetSecretValue');
    await client.send(new secrets.PutResourcePolicyCommand({ SecretId: 'shared', ResourcePolicy }));
    return ':secret:shared-';
  },
};
