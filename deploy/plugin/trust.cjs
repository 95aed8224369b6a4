const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { build } = require('esbuild');

/** The loader that the functions use too, as a module that this process can import. */
async function loader(root) {
  const outfile = join(root, '.esbuild', 'trust.mjs');
  await build({
    entryPoints: [join(root, 'shared/config/trust.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/**
 * The text of trust.yml when it is right; undefined when there is none and none was named.
 * Throws its mistakes, each with line, column and remedy.
 */
async function readTrust(root, file) {
  const path = resolve(root, file);
  if (!existsSync(path) && file === 'trust.yml') return undefined;
  if (!existsSync(path))
    throw new Error(`${file}: there is no such file; name one that is: --param="trustFile=trust.yml"`);
  const text = readFileSync(path, 'utf8');
  const { loadTrust } = await loader(root);
  loadTrust(text, file, new Date());
  return text;
}

/** Puts it where the functions look for it: the bucket of the stack. Returns where that is. */
async function uploadTrust(provider, text) {
  const { CloudFormationClient, DescribeStacksCommand } = require('@aws-sdk/client-cloudformation');
  const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
  const config = await provider.getAwsSdkV3Config();
  const stack = new DescribeStacksCommand({ StackName: provider.naming.getStackName() });
  const { Stacks } = await new CloudFormationClient(config).send(stack);
  const { OutputValue: Bucket } = Stacks[0].Outputs.find(({ OutputKey }) => OutputKey === 'BucketName');
  const object = { Bucket, Key: 'trust.yml', Body: text, ContentType: 'application/yaml' };
  await new S3Client(config).send(new PutObjectCommand(object));
  return `s3://${Bucket}/trust.yml`;
}

module.exports = { readTrust, uploadTrust };
