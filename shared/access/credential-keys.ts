/**
 * Keys of what the credentials that sign a request were given to: an instance, a function, a build, a person in IAM
 * Identity Center. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ofCredentials: ReadonlySet<string> = new Set([
  'aws:chatbotsourcearn',
  'aws:ec2instancesourceprivateipv4',
  'aws:ec2instancesourcevpc',
  'aws:signinsessionarn',
  'codebuild:buildarn',
  'codebuild:projectarn',
  'ec2:roledelivery',
  'ec2:sourceinstancearn',
  'glue:credentialissuingservice',
  'glue:roleassumedby',
  'identitystore:userid',
  'lambda:sourcefunctionarn',
  'ssm:sourceinstancearn',
]);

/**
 * Those that are ARNs of the account in which the credentials were given: an instance, a function and a build have them
 * from a role of their own account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const accountArnKeys: readonly string[] = [
  'codebuild:buildarn',
  'codebuild:projectarn',
  'ec2:sourceinstancearn',
  'lambda:sourcefunctionarn',
  'ssm:sourceinstancearn',
];

/** Whether neither an unsigned request nor one that a service makes by itself has the key, given in lower case. */
export const isOfCredentials = (key: string): boolean => ofCredentials.has(key);

/**
 * What S3, its endpoints and its outposts say of a request's signature, presigned or not.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
const ofSignature = /^s3[a-z-]*:(?:signatureversion|authtype|signatureage)$/;

/** Whether no unsigned request has the key, given in lower case. */
export const isOfSignedRequests = (key: string): boolean => isOfCredentials(key) || ofSignature.test(key);
