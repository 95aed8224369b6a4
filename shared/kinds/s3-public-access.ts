import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import type { Opening } from './kind.ts';

/** What the account blocks and what the bucket blocks is blocked. */
export function combinedBlock(
  ...blocks: readonly (PublicAccessBlockConfiguration | undefined)[]
): NonNullable<Opening['blockPublicAccess']> {
  const isSet = (setting: keyof PublicAccessBlockConfiguration) =>
    blocks.some((block) => block?.[setting] === true);
  return {
    blockPublicAcls: isSet('BlockPublicAcls'),
    ignorePublicAcls: isSet('IgnorePublicAcls'),
    blockPublicPolicy: isSet('BlockPublicPolicy'),
    restrictPublicBuckets: isSet('RestrictPublicBuckets'),
  };
}
