export { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
