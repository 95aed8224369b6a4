// What is used of the client, so that a bundle leaves out the rest of it.
export { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
