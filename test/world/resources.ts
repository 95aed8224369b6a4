/** A policy as a person would write it. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface InRegion {
  readonly region: string;
  readonly name: string;
}

export interface Role {
  readonly kind: 'role';
  readonly name: string;
  readonly path?: string;
  readonly trust: Policy;
  /** Names of attached managed policies. */
  readonly policies?: readonly string[];
}

export interface Bucket extends InRegion {
  readonly kind: 'bucket';
  readonly policy?: Policy;
  /** Grantees besides the owner: a group's URI or a canonical user id, and the permission. */
  readonly acl?: readonly (readonly [grantee: string, permission: string])[];
  readonly blocked?: true;
  /** Its policy denies reading it to all but its owner's own administrators. */
  readonly refuses?: true;
}

export interface Key extends InRegion {
  readonly kind: 'key';
  readonly policy: Policy;
  readonly grants?: readonly { readonly grantee: string; readonly operations: readonly string[] }[];
}

export interface LambdaFunction extends InRegion {
  readonly kind: 'function';
  readonly policy?: Policy;
  readonly aliases?: Readonly<Record<string, Policy | undefined>>;
  readonly urlAuthType?: 'NONE' | 'AWS_IAM';
}

/** Resources that have at most one policy and nothing else of interest. */
export interface Plain extends InRegion {
  readonly kind: 'queue' | 'topic' | 'secret' | 'repository' | 'table' | 'bus';
  readonly policy?: Policy;
}

export type Resource = Role | Bucket | Key | LambdaFunction | Plain;

export interface WorldAccount {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly state: 'ACTIVE' | 'SUSPENDED';
  readonly resources: readonly Resource[];
  readonly faults: readonly Fault[];
  /** The account into which nobody has rolled the audit role out. */
  readonly auditRole?: 'missing';
}

/** A call that fails for the audit role: `SecretsManager.ListSecrets` everywhere, or in one region. */
export interface Fault {
  readonly call: string;
  readonly region?: string;
  readonly error: { readonly name: string; readonly message: string };
}

export interface World {
  readonly organization: string;
  readonly managementAccount: string;
  /** The account whose credentials the audit is started with. */
  readonly caller: string;
  readonly regions: readonly string[];
  readonly auditRole: string;
  readonly accounts: readonly WorldAccount[];
  readonly controls: readonly Control[];
}

/** A resource control policy, and what it is attached to. */
export interface Control {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly policy: Policy;
}

export function policy(...statements: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}

/** The ARN of a resource in its account. */
export function arnOf(resource: Resource, account: string): string {
  const { kind, name } = resource;
  switch (resource.kind) {
    case 'role':
      return `arn:aws:iam::${account}:role${resource.path ?? '/'}${name}`;
    case 'bucket':
      return `arn:aws:s3:::${name}`;
    default: {
      const prefix = {
        key: 'kms:REGION:ACCOUNT:key/',
        function: 'lambda:REGION:ACCOUNT:function:',
        queue: 'sqs:REGION:ACCOUNT:',
        topic: 'sns:REGION:ACCOUNT:',
        secret: 'secretsmanager:REGION:ACCOUNT:secret:',
        repository: 'ecr:REGION:ACCOUNT:repository/',
        table: 'dynamodb:REGION:ACCOUNT:table/',
        bus: 'events:REGION:ACCOUNT:event-bus/',
      }[resource.kind as Exclude<Resource['kind'], 'role' | 'bucket'>];
      return `arn:aws:${prefix.replace('REGION', resource.region).replace('ACCOUNT', account)}${kind === 'secret' ? `${name}-a1B2c3` : name}`;
    }
  }
}
