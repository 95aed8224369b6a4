// A loopback stand-in for AWS with a thousand accounts of fifty roles, as plain as it can be, so that a
// benchmark measures the audit and not the emulator. Run as a child process; prints its port.
import { createServer } from 'node:http';

const accounts = Number(process.env.ACCOUNTS ?? 1000);
const rolesPerAccount = Number(process.env.ROLES ?? 50);
const accountId = (index) => String(200_000_000_000 + index);

const trust = (account, index) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      // One role in fifty is open to a stranger: the audit has something to find in each account.
      Principal:
        index === 0
          ? { AWS: 'arn:aws:iam::999999999999:root' }
          : index % 2
            ? { Service: 'lambda.amazonaws.com' }
            : { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole',
    },
  ],
});

const role = (account, index) =>
  `<member><Path>/</Path><RoleName>role-${index}</RoleName><RoleId>AROA${account}${index}</RoleId><Arn>arn:aws:iam::${account}:role/role-${index}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${encodeURIComponent(JSON.stringify(trust(account, index)))}</AssumeRolePolicyDocument></member>`;

const xml = (action, namespace, result) =>
  `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></${action}Response>`;

const answers = {
  AssumeRole: (form) => {
    const account = form.get('RoleArn').split(':')[4];
    return xml(
      'AssumeRole',
      'https://sts.amazonaws.com/doc/2011-06-15/',
      `<Credentials><AccessKeyId>ASIA${account}AAAA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::${account}:assumed-role/audit/x</Arn></AssumedRoleUser>`,
    );
  },
  GetCallerIdentity: () =>
    xml(
      'GetCallerIdentity',
      'https://sts.amazonaws.com/doc/2011-06-15/',
      `<Arn>arn:aws:iam::${accountId(0)}:user/bench</Arn><UserId>AIDA</UserId><Account>${accountId(0)}</Account>`,
    ),
  ListRoles: (_, account) =>
    xml(
      'ListRoles',
      'https://iam.amazonaws.com/doc/2010-05-08/',
      `<IsTruncated>false</IsTruncated><Roles>${Array.from({ length: rolesPerAccount }, (_, index) => role(account, index)).join('')}</Roles>`,
    ),
  DescribeRegions: () =>
    `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>0</requestId><regionInfo><item><regionName>us-east-1</regionName><regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>`,
};

const organization = {
  ListPolicies: () => ({ Policies: [] }),
  DescribeOrganization: () => ({
    Organization: { Id: 'o-bench00001', MasterAccountId: accountId(0), FeatureSet: 'ALL' },
  }),
  ListAccounts: ({ NextToken }) => {
    const from = Number(NextToken ?? 0);
    const Accounts = Array.from({ length: Math.min(20, accounts - from) }, (_, at) => ({
      Id: accountId(from + at),
      Name: `account ${from + at}`,
      State: 'ACTIVE',
      Status: 'ACTIVE',
    }));
    return { Accounts, ...(from + 20 < accounts && { NextToken: String(from + 20) }) };
  },
};

const accountOf = (authorization = '') => /Credential=ASIA(\d{12})/.exec(authorization)?.[1] ?? accountId(0);

let requests = 0;
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    requests += 1;
    const body = Buffer.concat(chunks).toString();
    const target = request.headers['x-amz-target'];
    if (target !== undefined) {
      const answer = organization[target.split('.').at(-1)](JSON.parse(body));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
      return;
    }
    const form = new URLSearchParams(body);
    const answer = answers[form.get('Action')];
    if (answer === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(answer(form, accountOf(request.headers.authorization)));
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('SIGTERM', () => {
  process.stderr.write(`${requests} requests\n`);
  process.exit(0);
});
