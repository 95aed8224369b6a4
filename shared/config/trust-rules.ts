import { endOf } from '../findings/expectation.ts';
import { isAccountId } from '../iam/arn.ts';
import { arnSegments } from '../iam/arn-pattern.ts';
import { isOfUrl } from '../iam/context-key.ts';
import { cut } from '../iam/cut.ts';
import { isSaml, issuerOf, tenancyOf } from '../iam/issuer.ts';
import { organizationId } from '../iam/organization.ts';
import type { Mistake } from './yaml-source.ts';

/** What is wrong with one value of trust.yml; undefined when nothing is. */
export type Rule = (value: string) => Mistake | undefined;

/** A value as a message shows it: short, on one line, without control characters. */
export const quoted = (value: string) =>
  `\`${cut(value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?'), 120)}\``;

const wild = (value: string) => /[*?]/.test(value);

export const account: Rule = (value) => {
  if (isAccountId(value)) return undefined;
  if (wild(value)) return { what: `wildcard in account ${quoted(value)}`, remedy: 'name each account' };
  if (/^\d+$/.test(value))
    return {
      what: `account ${quoted(value)} has ${value.length} digits`,
      remedy: 'an account id has 12, leading zeros included',
    };
  return { what: `${quoted(value)} is no account id`, remedy: 'write its 12 digits' };
};

export const organization: Rule = (value) => {
  if (new RegExp(`^${organizationId}$`).test(value)) return undefined;
  if (wild(value))
    return { what: `wildcard in organization ${quoted(value)}`, remedy: 'name each organization' };
  return {
    what: `${quoted(value)} is no organization id`,
    remedy: 'write it as `o-` and 10 to 32 small letters or digits',
  };
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path */
const pathShape = new RegExp(`^${organizationId}/r-[a-z0-9]{4,32}/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}/)*\\*?$`);

export const organizationPath: Rule = (value) => {
  if (pathShape.test(value)) return undefined;
  if (wild(value.replace(/\/\*$/, '')))
    return {
      what: `wildcard within organization path ${quoted(value)}`,
      remedy: 'only one `*` behind the last slash is allowed',
    };
  return {
    what: `${quoted(value)} is no organization path`,
    remedy: 'write it as `o-abc1234567/r-ab12/ou-ab12-11111111/`, with a slash at the end',
  };
};

export const provider: Rule = (value) => {
  if (wild(value)) return { what: `wildcard in provider ${quoted(value)}`, remedy: 'name each provider' };
  if (/^(arn:|https?:)/.test(value))
    return {
      what: `provider ${quoted(value)} is an ARN or a URL`,
      remedy: 'write the issuer without `https://`, or `saml-provider/NAME`',
    };
  if (
    /^saml-provider\/[\w+=,.@-]+$/.test(value) ||
    /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/[\w~.%/-]*)?$/i.test(value)
  )
    return undefined;
  return {
    what: `${quoted(value)} is no provider`,
    remedy: 'write the issuer as `token.actions.githubusercontent.com`, or `saml-provider/NAME`',
  };
};

export const claim: Rule = (value) =>
  /^[\w:./-]+$/.test(value) && !isOfUrl(value)
    ? undefined
    : { what: `${quoted(value)} is no claim`, remedy: 'write its name alone, as `sub`' };

/** `repo:acme/*` names a tenant; `repo:*` and `repo:acme*` also let strangers in (`repo:acme-evil/x`). */
export const claimValue: Rule = (value) => {
  const [fixed = ''] = value.split(/[*?]/);
  const tenant = fixed.replace(/^[\w-]+:/, '');
  if (!wild(value) || /[^/:]+[/:]/.test(tenant)) return undefined;
  return {
    what: `wildcard in ${quoted(value)} stands before the tenant ends`,
    remedy: 'write the tenant whole, as in `repo:acme/*`',
  };
};

/**
 * What is wrong with a tenant: that its claim is in no assertion of SAML; or, of an issuer that strangers share, that it
 * names the issuer alone, or by a claim that any of them may have as well.
 */
export function tenantMistake(provider: string, claim?: string, value?: string): Mistake | undefined {
  if (isSaml(provider) && claim?.includes(':') === false)
    return { what: `${quoted(claim)} is no key of SAML`, remedy: 'write it whole, as `saml:sub`' };
  const issuer = issuerOf(provider);
  if (!issuer.shared) return undefined;
  const key = claim?.includes(':') === true ? claim : `${provider}:${claim}`;
  if (value !== undefined && tenancyOf(issuer, key.toLowerCase(), value) === 'one') return undefined;
  const named =
    claim === undefined ? `provider ${quoted(provider)}` : `${quoted(claim)} ${quoted(value ?? '')}`;
  return {
    what: `${named} names no tenant of ${issuer.name}, which strangers get tokens of as well`,
    remedy: `name yours by the claim that tells tenants apart, as \`${issuer.claim}\``,
  };
}

export const kind: Rule = (value) =>
  /^[a-z0-9-]+:[a-z0-9-]+$/.test(value)
    ? undefined
    : { what: `${quoted(value)} is no kind`, remedy: 'write it as `trustwatch kinds` lists it' };

/** An ARN with wildcards that still says which account or which one of its sort is meant. */
const arnPattern =
  (example: string, everything: string): Rule =>
  (value) => {
    const [prefix, , , , account = '', resource = ''] = arnSegments(value) ?? [];
    if (prefix !== 'arn' || value.includes('?'))
      return {
        what: `${quoted(value)} is no ARN`,
        remedy: `write it as \`${example}\`, where \`*\` is any run of characters`,
      };
    if (/^\d{12}$/.test(account) || /[^*/:]/.test(resource.replace(/^\/?[\w-]+[/:](?=\*)/, '')))
      return undefined;
    return {
      what: `${quoted(value)} is ${everything}`,
      remedy: 'name the account, or a part of the name before or behind the `*`',
    };
  };

export const resourcePattern = arnPattern(
  'arn:aws:iam::111122223333:role/name',
  'the resources of every account',
);

export const principalPattern = arnPattern(
  'arn:aws:sts::111122223333:assumed-role/deploy/*',
  'everybody of every account',
);

export const service: Rule = (value) =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(value)
    ? undefined
    : { what: `${quoted(value)} is no service`, remedy: 'write it as `cloudformation.amazonaws.com`' };

export const days: Rule = (value) =>
  /^[1-9]\d{0,2}$/.test(value)
    ? undefined
    : { what: `${quoted(value)} is no number of days`, remedy: 'write one from 1 to 999' };

export const action: Rule = (value) =>
  /^([a-z0-9-]+:[\w*?]+|\*)$/i.test(value)
    ? undefined
    : { what: `${quoted(value)} is no action`, remedy: 'write it as `s3:GetObject` or `s3:Get*`' };

export const operator: Rule = (value) =>
  /^(For(AnyValue|AllValues):)?[A-Za-z]+$/.test(value)
    ? undefined
    : { what: `${quoted(value)} is no operator`, remedy: 'write it as the policy does, `StringEquals`' };

export const notEmpty: Rule = (value) =>
  value.trim() === ''
    ? { what: 'nothing stands here', remedy: 'write the value, or take the key out' }
    : undefined;

export const sentence: Rule = (value) =>
  value.trim() === ''
    ? { what: 'nothing stands here', remedy: 'say in a few words who it is and why it is trusted' }
    : undefined;

/** A day of the calendar; not one that is over, when `now` is given. */
export const until =
  (now: Date | undefined): Rule =>
  (value) => {
    const start = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00.000Z`) : Number.NaN;
    // Date.parse takes 2027-02-30 for the second of March.
    if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== value)
      return { what: `${quoted(value)} is no date`, remedy: 'write the last day as `2027-12-31`' };
    if (now !== undefined && now.getTime() >= endOf(value))
      return { what: `date ${value} is in the past`, remedy: 'take the entry out or set a later date' };
    return undefined;
  };
