import { expect, test } from 'vitest';
import { recipient } from '../../shared/kinds/share.ts';

test.each([
  ['all', { Principal: { AWS: '*' } }],
  ['All', { Principal: { AWS: '*' } }],
  ['222222222222', { Principal: { AWS: '222222222222' } }],
  ['arn:aws:iam::222222222222:role/ci', { Principal: { AWS: 'arn:aws:iam::222222222222:role/ci' } }],
  ['AROAEXAMPLEEXAMPLE', { Principal: { AWS: 'AROAEXAMPLEEXAMPLE' } }],
  ['rds.amazonaws.com', { Principal: { Service: 'rds.amazonaws.com' } }],
  ['ec2.cn-north-1.amazonaws.com.cn', { Principal: { Service: 'ec2.cn-north-1.amazonaws.com.cn' } }],
  [
    'arn:aws:organizations::111122223333:organization/o-abc1234567',
    { Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc1234567' } } },
  ],
  [
    'arn:aws:organizations::111122223333:ou/o-abc1234567/ou-ab12-11111111',
    {
      Principal: { AWS: '*' },
      Condition: {
        'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abc1234567/r-ab12/*ou-ab12-11111111/*' },
      },
    },
  ],
])('a share with `%s` is a statement for it', (name, expected) => {
  expect(recipient(name)).toEqual(expected);
});
