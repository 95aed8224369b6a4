import { expect, test } from 'vitest';
import { isOfForm } from '../../shared/access/aws-keys.ts';
import type { Caller, PrincipalForm } from '../../shared/access/caller.ts';
import { Clock } from '../../shared/access/clock.ts';
import { absent, type Domain } from '../../shared/access/domain.ts';
import { domainOf } from '../../shared/access/key-domain.ts';
import { membershipKeys } from '../../shared/access/organization-path.ts';
import data from '../../shared/iam/data/condition-keys.json' with { type: 'json' };
import { common, own } from '../laws/keys.ts';

const owner = '111122223333';
const known = Object.entries(data.known).flatMap(([service, names]) =>
  names.map((name) => `${service}:${name}`),
);
const keys = [
  ...new Set(
    [...common.map(({ name }) => name), ...Object.keys(own), 'saml:sub', ...known].map((key) =>
      key.toLowerCase(),
    ),
  ),
];

/** What a key can be, in a text: all but what is tried first. */
function spelt(domain: Domain): string {
  if (domain.state === 'fixed') return JSON.stringify(domain.value ?? 'absent');
  const { presence, multiValued, shape } = domain;
  return JSON.stringify([presence, multiValued, shape?.([])]);
}

function domainFor(key: string, form: PrincipalForm, organization?: string): string {
  const membership = organization === undefined ? undefined : { organization, roots: ['ab12'] };
  const caller: Caller = { sort: 'aws', account: '222222222222', membership, arn: undefined, form };
  return spelt(
    domainOf(key, {
      caller,
      network: 'internet',
      scene: {
        partition: 'aws',
        owner,
        arn: `arn:aws:sqs:eu-west-1:${owner}:orders`,
        ownerOrganization: 'o-abc1234567',
        accessPoint: undefined,
        clock: new Clock(1_800_000_000_000),
        urlCallers: 'none',
      },
      action: 'sqs:SendMessage',
      resource: absent,
      withheld: [],
    }),
  );
}

const forms: readonly PrincipalForm[] = ['any', 'role', 'user', 'root', 'federated-user'];

test('what refuses a caller is put down to its form or membership where the key depends on these', () => {
  const byForm = keys.filter((key) => new Set(forms.map((form) => domainFor(key, form))).size > 1);
  expect(byForm).toContain('aws:username');
  expect(byForm.filter((key) => !isOfForm(key))).toEqual([]);
  const byMembership = keys.filter(
    (key) => domainFor(key, 'role') !== domainFor(key, 'role', 'o-foreign001'),
  );
  expect(byMembership).toContain('aws:principalorgid');
  expect(byMembership.filter((key) => !membershipKeys.has(key))).toEqual([]);
});
