import type { Sample } from './policy-corpus.ts';

const owner = '111122223333';
const bucket = 'arn:aws:s3:::acme';
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

const sample = (statements: readonly object[]): Sample => ({
  resource: { kind: 's3:bucket', arn: bucket, owner },
  policies: [{ name: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }],
});

const allow = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' };
const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };

/** Policies made to cost: as large as S3 takes them (20 kB) or somewhat larger. */
export function hostilePolicies(): readonly Sample[] {
  const stars = 'a*'.repeat(60);
  const keys = numbers(150).map((i) => `aws:PrincipalTag/k${i}`);
  return [
    sample([
      allow,
      ...numbers(120).map((i) => ({
        ...deny,
        Condition: { StringLike: { 'aws:PrincipalTag/x': `${stars}${i}` } },
      })),
    ]),
    sample([
      {
        ...allow,
        Condition: {
          StringLike: { 'aws:userid': numbers(100).map((i) => `*${'?'.repeat(i)}*${i}*`) },
          StringNotLike: { 'aws:userid': numbers(100).map((i) => `*${i}*`) },
        },
      },
    ]),
    sample([
      allow,
      ...numbers(60).map((i) => ({
        ...deny,
        Condition: { StringNotLike: { [`aws:PrincipalTag/k${i % 7}`]: [`*${i}*`, `x${i}*`] } },
      })),
    ]),
    sample([
      allow,
      ...numbers(90).map((i) => ({
        ...deny,
        Condition: {
          StringEquals: Object.fromEntries(
            numbers(3).map((j) => [`aws:PrincipalTag/k${(i * 7 + j * 11) % 13}`, String((i + j) % 2)]),
          ),
          Null: { [`aws:PrincipalTag/k${i % 13}`]: 'false' },
        },
      })),
    ]),
    sample([
      {
        ...allow,
        Condition: { StringLike: Object.fromEntries(keys.map((key) => [key, `${stars.slice(0, 60)}z`])) },
      },
    ]),
    sample([
      allow,
      ...numbers(40).map((i) => ({
        Effect: 'Deny',
        NotPrincipal: {
          AWS: numbers(6).map((j) => `arn:aws:iam::${222_222_222_222 + ((i * j) % 9)}:role/r${i}`),
        },
        NotAction: [`s3:Get${i}*`],
        NotResource: [`${bucket}/${'*a'.repeat(i)}`],
      })),
    ]),
    sample([
      { ...allow, Resource: numbers(50).map((i) => `${bucket}/${'*a?'.repeat(40)}${i}`) },
      { ...deny, Resource: numbers(50).map((i) => `${bucket}/${'?*b'.repeat(40)}${i}`) },
    ]),
    sample([
      {
        ...allow,
        Condition: {
          StringNotEquals: { 'aws:PrincipalAccount': numbers(900).map((i) => String(222_222_222_222 + i)) },
        },
      },
      {
        ...deny,
        Condition: {
          StringNotEquals: {
            'aws:PrincipalAccount': numbers(300).map((i) => String(222_222_222_222 + i * 3)),
          },
          StringLike: { 'aws:PrincipalOrgID': '*' },
        },
      },
    ]),
    sample([
      allow,
      {
        ...deny,
        Condition: {
          StringNotLike: { 'aws:PrincipalOrgPaths': numbers(200).map((i) => `o-${i}*/r-*/ou-*${i}*/`) },
        },
      },
    ]),
    sample([
      {
        ...allow,
        Condition: {
          'ForAnyValue:StringLike': {
            'aws:PrincipalOrgPaths': numbers(850).map((i) => `o-*${i}*/*/ou-*${i}*/*`),
          },
        },
      },
    ]),
    sample([
      allow,
      {
        ...deny,
        Condition: {
          StringNotLike: { 'aws:PrincipalAccount': numbers(1_600).map((i) => `*${10_000 + i * 7}*`) },
        },
      },
    ]),
  ];
}
