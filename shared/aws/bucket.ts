import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

export interface BucketSettings {
  readonly bucket: string;
  readonly region: string;
  readonly calls: CallSettings;
}

/** What reading an object gave; `unchanged` when it still is the one of the given tag. */
export type ReadObject =
  | { readonly state: 'found'; readonly text: string; readonly tag: string }
  | { readonly state: 'unchanged' }
  | { readonly state: 'missing' };

/** The bucket, as far as trustwatch uses it: texts under keys. */
export function openBucket({ bucket, region, calls }: BucketSettings) {
  const connect = lazy(async () => {
    const sdk = await import('./sdk/s3.ts');
    return { sdk, client: new sdk.S3Client({ ...calls, region }) };
  });

  return {
    async read(key: string, tag?: string): Promise<ReadObject> {
      const { sdk, client } = await connect();
      try {
        const command = new sdk.GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(tag && { IfNoneMatch: tag }),
        });
        const { Body, ETag = '' } = await client.send(command);
        return { state: 'found', text: (await Body?.transformToString('utf8')) ?? '', tag: ETag };
      } catch (error) {
        const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
        if (name === 'NoSuchKey') return { state: 'missing' };
        if ($metadata?.httpStatusCode === 304) return { state: 'unchanged' };
        throw error;
      }
    },

    /** Writes an object whole and returns its `s3://` URL. */
    async write(key: string, text: string, contentType: string): Promise<string> {
      const { sdk, client } = await connect();
      await client.send(
        new sdk.PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: contentType }),
      );
      return `s3://${bucket}/${key}`;
    },
  };
}

export type Bucket = ReturnType<typeof openBucket>;
