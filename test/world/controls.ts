import { organization } from './accounts.ts';
import { type Control, policy, type Statement } from './resources.ts';

const deny = (Sid: string, Condition: NonNullable<Statement['Condition']>): Statement => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: '*',
  Condition,
});

/** Whoever is not of the organization, or acts for somebody who is not, has no business with the queues of the experimental unit. */
export const controls: readonly Control[] = [
  {
    id: 'p-exampleq1',
    name: 'queues-of-experiments',
    target: 'ou-ab12-55555555',
    policy: policy(
      deny('OnlyTheOrganization', {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      }),
      deny('ServicesOnlyForTheOrganization', {
        StringNotEqualsIfExists: { 'aws:SourceOrgID': organization },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      }),
    ),
  },
];
