import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadTrust } from '../../shared/config/trust.ts';
import { zoneOf } from '../../shared/config/zone-of.ts';

const trust = loadTrust(readFileSync('trust.example.yml', 'utf8'), 'trust.example.yml');
const zoneAt = (day: string) => zoneOf('o-acme123456', ['111122223333'], trust, new Date(day));

test('the zone is the organization with its accounts and what trust.yml adds', () => {
  expect(zoneAt('2027-01-01')).toEqual({
    organization: 'o-acme123456',
    accounts: ['111122223333', '099900001111', '999988887777'],
    organizationPaths: ['o-exampleorg77/r-ex77/ou-ex77-11112222/*'],
    organizations: ['o-exampleorg99'],
    federatedTenants: [
      { provider: 'token.actions.githubusercontent.com', claim: 'sub', value: 'repo:acme-example/*' },
      { provider: 'app.terraform.io', claim: 'sub', value: 'organization:acme-example:*' },
      { provider: 'saml-provider/Okta' },
    ],
  });
});

test('an entry holds through its last day, UTC, and not a moment longer', () => {
  expect(zoneAt('2099-12-31T23:59:59.999Z').accounts).toContain('099900001111');
  expect(zoneAt('2100-01-01T00:00:00.000Z').accounts).toEqual(['111122223333', '999988887777']);
});
