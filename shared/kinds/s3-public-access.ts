import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import type * as control from '@aws-sdk/client-s3-control';
import { unlessAbsent } from './absence.ts';
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

/** What a bucket, or an account, says that blocks nothing. */
export const noBlock = ['NoSuchPublicAccessBlockConfiguration'];

/** Reads what the account blocks, once, when first asked. */
export function readAccountBlock(
  sdk: Pick<typeof control, 'GetPublicAccessBlockCommand'>,
  client: control.S3ControlClient,
  account: string,
): () => Promise<PublicAccessBlockConfiguration | undefined> {
  const read = async () => {
    const command = new sdk.GetPublicAccessBlockCommand({ AccountId: account });
    return (await unlessAbsent(noBlock, client.send(command)))?.PublicAccessBlockConfiguration;
  };
  let block: ReturnType<typeof read> | undefined;
  return () => {
    block ??= read();
    return block;
  };
}
