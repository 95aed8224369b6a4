import * as apigateway from '@aws-sdk/client-api-gateway';
import * as config from '@aws-sdk/client-config-service';
import * as directory from '@aws-sdk/client-directory-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as servicecatalog from '@aws-sdk/client-service-catalog';
import * as ssm from '@aws-sdk/client-ssm';
import * as lattice from '@aws-sdk/client-vpc-lattice';
import * as workspaces from '@aws-sdk/client-workspaces';
import { openMember } from '../member.ts';
import { allow, stranger, strangers } from '../plants.ts';
import { type Plant, policy } from './plant.ts';

/** The end of an empty archive is all that there is of it. */
const emptyArchive = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);

/** What runs, what it is made of, and who runs it. */
export const workloads: Readonly<Record<string, Plant>> = {
  async 'apigateway:rest-api'(open) {
    const client = open(apigateway.APIGatewayClient);
    await client.send(new apigateway.CreateRestApiCommand({ name: 'private' }));
    const shared = { name: 'shared', policy: policy('execute-api:Invoke') };
    return `/restapis/${(await client.send(new apigateway.CreateRestApiCommand(shared))).id}`;
  },

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

  async 'ec2:vpc-peering-connection'(open, { account }) {
    const client = open(ec2.EC2Client);
    const theirs = (await openMember(stranger))(ec2.EC2Client);
    const vpcOf = async (side: ec2.EC2Client, CidrBlock: string) =>
      (await side.send(new ec2.CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId;
    const VpcId = await vpcOf(client, '10.1.0.0/16');
    const peer = async (side: ec2.EC2Client, PeerOwnerId: string, cidr: string) => {
      const request = { VpcId, PeerVpcId: await vpcOf(side, cidr), PeerOwnerId };
      const { VpcPeeringConnection: peering } = await client.send(
        new ec2.CreateVpcPeeringConnectionCommand(request),
      );
      const { VpcPeeringConnectionId } = peering ?? {};
      await side.send(new ec2.AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
      return `vpc-peering-connection/${VpcPeeringConnectionId}`;
    };
    await peer(client, account, '10.2.0.0/16');
    return peer(theirs, stranger, '10.3.0.0/16');
  },

  async 'ecr:registry'(open) {
    await open(ecr.ECRClient).send(
      new ecr.PutRegistryPolicyCommand({ policyText: policy('ecr:ReplicateImage') }),
    );
    return 'repository/*';
  },

  async 'ecr:repository'(open) {
    const client = open(ecr.ECRClient);
    for (const repositoryName of ['private', 'shared'])
      await client.send(new ecr.CreateRepositoryCommand({ repositoryName }));
    const policyText = policy('ecr:BatchGetImage');
    await client.send(new ecr.SetRepositoryPolicyCommand({ repositoryName: 'shared', policyText }));
    return 'repository/shared';
  },

  async 'iam:role'(open) {
    const client = open(iam.IAMClient);
    const trust = (Principal: object) => allow({ Principal, Action: 'sts:AssumeRole' });
    const own = {
      RoleName: 'kinds-private',
      AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com' }),
    };
    await client.send(new iam.CreateRoleCommand(own));
    const shared = { RoleName: 'kinds-shared', AssumeRolePolicyDocument: trust(strangers) };
    await client.send(new iam.CreateRoleCommand(shared));
    return 'role/kinds-shared';
  },

  async 'lambda:function'(open, { account }) {
    const Role = `arn:aws:iam::${account}:role/runs`;
    const trust = allow({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
    const role = { RoleName: 'runs', AssumeRolePolicyDocument: trust };
    await open(iam.IAMClient).send(new iam.CreateRoleCommand(role));
    const client = open(lambda.LambdaClient);
    const code = { Code: { ZipFile: emptyArchive }, Handler: 'x.y', Runtime: 'nodejs22.x', Role } as const;
    for (const FunctionName of ['private', 'shared'])
      await client.send(new lambda.CreateFunctionCommand({ FunctionName, ...code }));
    await client.send(
      new lambda.AddPermissionCommand({
        FunctionName: 'shared',
        StatementId: 'shared',
        Action: 'lambda:InvokeFunction',
        Principal: stranger,
      }),
    );
    return 'function:shared';
  },

  async 'lambda:layer'(open) {
    const client = open(lambda.LambdaClient);
    for (const LayerName of ['private', 'shared'])
      await client.send(
        new lambda.PublishLayerVersionCommand({ LayerName, Content: { ZipFile: emptyArchive } }),
      );
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

  async 'workspaces:image'(open) {
    const network = open(ec2.EC2Client);
    const { Vpc } = await network.send(new ec2.CreateVpcCommand({ CidrBlock: '10.4.0.0/16' }));
    const subnet = async (CidrBlock: string, AvailabilityZone: string) => {
      const command = new ec2.CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock, AvailabilityZone });
      return (await network.send(command)).Subnet?.SubnetId ?? '';
    };
    const SubnetIds = [await subnet('10.4.0.0/24', 'eu-west-1a'), await subnet('10.4.1.0/24', 'eu-west-1b')];
    const { DirectoryId } = await open(directory.DirectoryServiceClient).send(
      new directory.CreateDirectoryCommand({
        Name: 'desk.acme.example',
        Password: 'Emulated0!',
        Size: 'Small',
        VpcSettings: { VpcId: Vpc?.VpcId, SubnetIds },
      }),
    );
    const client = open(workspaces.WorkSpacesClient);
    await client.send(
      new workspaces.RegisterWorkspaceDirectoryCommand({ DirectoryId, EnableSelfService: false }),
    );
    const desk = { DirectoryId, UserName: 'kim', BundleId: 'wsb-1b5w6vnz6' };
    const { PendingRequests } = await client.send(
      new workspaces.CreateWorkspacesCommand({ Workspaces: [desk] }),
    );
    const WorkspaceId = PendingRequests?.[0]?.WorkspaceId;
    const make = async (Name: string) => {
      const command = new workspaces.CreateWorkspaceImageCommand({ Name, Description: Name, WorkspaceId });
      return (await client.send(command)).ImageId;
    };
    await make('private');
    const ImageId = await make('shared');
    const share = { ImageId, AllowCopyImage: true, SharedAccountId: stranger };
    await client.send(new workspaces.UpdateWorkspaceImagePermissionCommand(share));
    return `workspaceimage/${ImageId}`;
  },
};
