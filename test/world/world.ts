import { accounts, management, organization, security } from './accounts.ts';
import { controls } from './controls.ts';
import { ordinaryResources } from './ordinary.ts';
import { changedRole, changedTrust, planted } from './planted.ts';
import type { Resource, World } from './resources.ts';

const regions = ['eu-central-1', 'eu-west-1', 'us-east-1'];

/** The organization of the demo. */
export function world(): World {
  return {
    organization,
    managementAccount: management,
    caller: security,
    regions,
    auditRole: 'trustwatch-audit',
    controls,
    accounts: accounts.map(({ id, name, unit, state, faults = [], auditRole }) => ({
      id,
      name,
      unit,
      state: state ?? 'ACTIVE',
      faults,
      ...(auditRole && { auditRole }),
      resources: [...ordinaryResources(id, regions), ...(planted[id] ?? [])],
    })),
  };
}

/** The same organization after somebody has let the former contractor into the settlement role. */
export function changedWorld(): World {
  const before = world();
  const change = (resource: Resource): Resource =>
    resource.kind === 'role' && resource.name === changedRole
      ? { ...resource, trust: changedTrust }
      : resource;
  return {
    ...before,
    accounts: before.accounts.map((account) => ({ ...account, resources: account.resources.map(change) })),
  };
}
