import { isAccountId } from '../iam/arn.ts';
import { isOfUrl } from '../iam/context-key.ts';
import { cut } from '../iam/cut.ts';
import { isSaml, providerName } from '../iam/issuer.ts';
import { isOrganizationId, isOrganizationPath } from '../iam/organization.ts';
import { type Fields, isAbsent, isObject, refuseSlips, textField, textList } from './line-fields.ts';
import type { FederatedTenant, Zone } from './zone.ts';

/** What a field of the zone holds, and how it is written: what is written in another way could trust strangers, or nobody. */
interface Form {
  readonly fits: (text: string) => boolean;
  readonly remedy: string;
}

const account: Form = { fits: isAccountId, remedy: 'write the twelve digits of an account id' };

const organization: Form = { fits: isOrganizationId, remedy: 'write an organization id as `o-abc1234567`' };

const path: Form = {
  fits: isOrganizationPath,
  remedy:
    'write the path of a unit as `o-abc1234567/r-ab12/ou-ab12-11111111/`, a `*` behind the last slash alone',
};

/** The host and path of an issuer, or the name of a SAML provider; as its ARN writes it, or alone. */
const provider: Form = {
  fits: (text) =>
    /^(?:saml-provider\/\S+|[\w*?-]+(?:\.[\w*?-]+)*(?::\d+)?(?:\/\S*)?)$/.test(providerName(text)),
  remedy:
    'write the issuer without `https://`, as `token.actions.githubusercontent.com`, or `saml-provider/NAME`',
};

const claim: Form = {
  fits: (text) => /^\S+$/.test(text) && !isOfUrl(text),
  remedy: 'write its name alone, as `sub`',
};

const samlClaim: Form = {
  fits: (text) => claim.fits(text) && text.includes(':'),
  remedy: 'write a key of SAML whole, as `saml:sub`',
};

function requireFitting(text: string, place: string, { fits, remedy }: Form): void {
  if (!fits(text)) throw new TypeError(`\`${place}\` holds ${JSON.stringify(cut(text, 80))}; ${remedy}`);
}

function listOf(zone: Fields, name: string, form: Form): readonly string[] {
  const place = `zone.${name}`;
  const list = textList(zone[name], place);
  for (const text of list) requireFitting(text, place, form);
  return list;
}

const tenantFields: readonly string[] = ['provider', 'claim', 'value'];

/** A tenant: a provider, and the claim with its value that tells the tenant from others; without both, the whole provider. */
function tenant(item: unknown): FederatedTenant {
  const place = 'zone.federatedTenants';
  if (!isObject(item) || typeof item.provider !== 'string')
    throw new TypeError(`\`${place}\` must be a list of objects with a \`provider\``);
  const unknown = Object.keys(item).find((key) => !tenantFields.includes(key));
  if (unknown !== undefined)
    throw new TypeError(
      `\`${place}\` has the unknown key ${JSON.stringify(cut(unknown, 80))}; the keys of a tenant are provider, claim, value`,
    );
  const name = textField(item, 'provider', `${place}.provider`);
  requireFitting(name, `${place}.provider`, provider);
  if (item.claim === undefined && item.value === undefined) return { provider: name };
  if (item.claim === undefined || item.value === undefined)
    throw new TypeError(
      `\`${place}\`: \`claim\` and \`value\` belong together; write both, or neither where the whole provider is trusted`,
    );
  const key = textField(item, 'claim', `${place}.claim`);
  requireFitting(key, `${place}.claim`, isSaml(name) ? samlClaim : claim);
  return { provider: name, claim: key, value: textField(item, 'value', `${place}.value`) };
}

function tenants(value: unknown): readonly FederatedTenant[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value))
    throw new TypeError('`zone.federatedTenants` must be a list of objects with a `provider`');
  return value.map(tenant);
}

function organizationIn<Name extends 'organization' | 'ownerOrganization'>(
  zone: Fields,
  name: Name,
): Partial<Record<Name, string>> {
  if (isAbsent(zone[name])) return {};
  const place = `zone.${name}`;
  const id = textField(zone, name, place);
  requireFitting(id, place, organization);
  return { [name]: id } as Partial<Record<Name, string>>;
}

const zoneFields: readonly string[] = [
  'organization',
  'ownerOrganization',
  'accounts',
  'organizationPaths',
  'organizations',
  'canonicalUsers',
  'federatedTenants',
];

function readZone(value: Fields): Zone {
  refuseSlips(value, zoneFields, 'zone');
  return {
    ...organizationIn(value, 'organization'),
    ...organizationIn(value, 'ownerOrganization'),
    accounts: listOf(value, 'accounts', account),
    organizationPaths: listOf(value, 'organizationPaths', path),
    organizations: listOf(value, 'organizations', organization),
    canonicalUsers: textList(value.canonicalUsers, 'zone.canonicalUsers'),
    federatedTenants: tenants(value.federatedTenants),
  };
}

/** The last zone with its text: the lines of a file mostly have the same, and it may hold thousands of accounts. */
let last: { readonly text: string; readonly zone: Zone } | undefined;

/** The zone of a line of the check contract. Throws a TypeError that says what is wrong and what is right. */
export function zoneOf(value: unknown): Zone {
  if (!isObject(value)) throw new TypeError('`zone` must be an object');
  const text = JSON.stringify(value);
  if (last?.text !== text) last = { text, zone: readZone(value) };
  return last.zone;
}
