import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DecisionInput } from '../../shared/access/decision.ts';

/** A policy with the verdict of another project's test. */
export interface PeerCase {
  readonly id: string;
  readonly source: { readonly repo: string };
  readonly policy: unknown;
  readonly ownerAccount: string | null;
  readonly resourceType: string | null;
  readonly zone: {
    readonly accounts?: readonly string[];
    readonly orgIds?: readonly string[];
    readonly orgPaths?: readonly string[];
    readonly trustedIps?: readonly string[] | null;
    readonly vpcs?: readonly string[];
    readonly vpces?: readonly string[];
  };
  readonly expected: Readonly<Record<string, unknown>>;
  readonly peer?: Readonly<Record<string, unknown>> | null;
}

/** The corpus lies beside the project, where it is present at all. */
export const corpusFile = fileURLToPath(new URL('../../../shared/corpus/peer-cases.jsonl', import.meta.url));

export const isPresent = existsSync(corpusFile);

export function peerCases(): readonly PeerCase[] {
  const lines = readFileSync(corpusFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as PeerCase);
}

const nobodys = '000000000000';

const resources: Readonly<Record<string, { kind: string; arn: (owner: string) => string }>> = {
  'AWS::S3::Bucket': { kind: 's3:bucket', arn: () => 'arn:aws:s3:::amzn-s3-demo-bucket' },
  'AWS::S3::AccessPoint': {
    kind: 's3:access-point',
    arn: (owner) => `arn:aws:s3:eu-west-1:${owner}:accesspoint/peer`,
  },
  'AWS::IAM::Role': { kind: 'iam:role', arn: (owner) => `arn:aws:iam::${owner}:role/peer` },
};

/** The bucket that a policy names, so that its statements are about the judged one. */
function bucketOf(policy: unknown): string | undefined {
  return /"(arn:aws[a-z-]*:s3:::[^"*/]+)/.exec(JSON.stringify(policy))?.[1];
}

/** The question that a peer's case asks. Kinds that the corpus does not tell are judged with all that is written. */
export function inputOf({ policy, ownerAccount, resourceType, zone }: PeerCase): DecisionInput {
  const owner = ownerAccount ?? zone.accounts?.find((account) => /^\d{12}$/.test(account)) ?? nobodys;
  const known = resources[resourceType ?? ''];
  const arn = known?.arn(owner) ?? 'arn:aws:peer:::resource';
  return {
    resource: {
      kind: known?.kind ?? 'peer:resource',
      arn: known?.kind === 's3:bucket' ? (bucketOf(policy) ?? arn) : arn,
      owner,
    },
    policies: [{ name: 'policy', text: JSON.stringify(policy) }],
    zone: {
      accounts: zone.accounts ?? [],
      organizationPaths: (zone.orgPaths ?? []).map((path) => `${path.replace(/\/?\*?$/, '')}/*`),
      organizations: zone.orgIds ?? [],
    },
  };
}
