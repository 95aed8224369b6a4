import { expect, inject, test } from 'vitest';
import { kinds } from '../../shared/kinds/index.ts';
import { securityAccount } from './clients.ts';
import { audit, type Report, scope, servedKinds } from './stack.ts';

const { accounts, planted } = inject('world');
let report: Report;

test('an audit of four member accounts in two regions finds what was planted, no more, no less', async () => {
  report = await audit('first', { ...scope, kinds: servedKinds });
  const found = report.findings.map(({ kind, resource, outsider }) => ({
    kind,
    resource,
    outsider: outsider.type,
  }));
  const sorted = (list: readonly object[]) => list.map((entry) => JSON.stringify(entry)).sort();
  expect(sorted(found)).toEqual(sorted(planted));
});

test('its coverage says every place and kind, and that all were read', () => {
  const { places, unreadAccounts } = report.coverage;
  const everywhere = [securityAccount, ...Object.values(accounts)].flatMap((account) =>
    scope.regions.map((region) => `${account}/${region}`),
  );
  expect(places.map(({ account, region }) => `${account}/${region}`).sort()).toEqual(everywhere.sort());
  expect(unreadAccounts).toEqual([]);
  expect(report.gaps).toEqual([]);
  const asked = kinds.filter(({ id }) => servedKinds.includes(id));
  const regional = asked.filter(({ reach }) => reach === 'regional');
  for (const place of places) {
    const wanted = place.region === 'us-east-1' ? asked : regional;
    expect(place.kinds.map(({ kind }) => kind).sort()).toEqual(wanted.map(({ id }) => id).sort());
    for (const { outcome } of place.kinds) expect(outcome).not.toBe('unread');
  }
});
