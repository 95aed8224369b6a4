import type { AccountId, Partition } from './arn.ts';

/** One account in one region of one partition. */
export interface Place {
  readonly partition: Partition;
  readonly account: AccountId;
  readonly region: string;
}

/** A place as one word, for keys and messages: `111122223333/eu-west-1`. */
export function formatPlace({ account, region }: Pick<Place, 'account' | 'region'>): string {
  return `${account}/${region}`;
}

/** The partition of a region, by its name. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

const homeRegions: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/**
 * The region in which the global service IAM of a partition is called and writes its events, and what is of a whole account
 * is read. Organizations has its endpoint and its events there as well, but in China: in `cn-northwest-1`, where the
 * SDK finds it by itself. https://docs.amazonaws.cn/en_us/organizations/latest/userguide/region-support.html
 */
export function homeRegion(partition: Partition): string {
  return homeRegions[partition] ?? 'us-east-1';
}
