import { type Arn, formatArn, parseArn } from '../iam/arn.ts';
import type { ActionList } from './action-list.ts';
import type { JudgedResource } from './decision.ts';
import { type Domain, fixed } from './domain.ts';
import { classes, many, one, type Pattern, shape } from './pattern.ts';

/** One form of the judged resource's ARNs, with the actions that are called on it. */
export interface Form {
  /** The form's ARNs as a glob. */
  readonly written: string;
  /** What they all begin with, where the glob is that and a star. */
  readonly prefix: string | undefined;
  readonly list: ActionList;
  /** The judged resource's own. */
  readonly arn: string;
}

/** What can follow the beginning that a form's ARNs have in common. */
interface Rest {
  /** Tried first. */
  readonly usual: string;
  /** Undefined for any text. */
  readonly accepts: ((rest: string) => boolean) | undefined;
  readonly shape: (prefix: string) => readonly Pattern[];
}

const anyRest: Rest = {
  usual: 'x',
  accepts: undefined,
  shape: (prefix) => [shape(prefix, one(classes.anything), many(classes.anything))],
};

const names = (prefix: string): Pattern =>
  shape(prefix, one(classes.providerName), many(classes.providerName));

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const ruleName: Rest = {
  usual: 'x',
  accepts: (rest) => /^[\w.-]+$/.test(rest),
  shape: (prefix) => [names(prefix)],
};

/** A version or an alias. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
const qualifier: Rest = {
  usual: 'x',
  accepts: (rest) => /^(?:\$LATEST|[\w-]+)$/.test(rest),
  shape: (prefix) => [names(prefix), shape(`${prefix}$LATEST`)],
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html */
const layerVersion: Rest = {
  usual: '1',
  accepts: (rest) => /^\d+$/.test(rest),
  shape: (prefix) => [shape(prefix, one(classes.digit), many(classes.digit))],
};

/**
 * Those of AWS Backup, or of the service that was backed up: anything but a vault.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html
 */
const recoveryPoint: Rest = {
  usual: 'ec2:us-east-1::snapshot/snap-0zq81xk7f2m',
  accepts: (rest) => !/^backup:[^:]*:[^:]*:backup-vault:/.test(rest),
  shape: anyRest.shape,
};

const restOf: Readonly<Record<string, Rest>> = {
  '{rule}': ruleName,
  '{arn}:{qualifier}': qualifier,
  '{version}': layerVersion,
  '{recovery-point}': recoveryPoint,
  '{at}*': { ...anyRest, usual: 'catalog' },
  '{api}/*': { ...anyRest, usual: 'prod/GET/' },
};

function beneath(prefix: string, { usual, accepts, shape: shapeOf }: Rest): Domain {
  return {
    state: 'open',
    presence: 'always',
    type: 'text',
    multiValued: false,
    fresh: [prefix + usual],
    shape: () => shapeOf(prefix),
    accepts: (text) =>
      text.length > prefix.length &&
      text.startsWith(prefix) &&
      (accepts === undefined || accepts(text.slice(prefix.length))),
  };
}

/** Any ARN: the resource itself, or whatever the policies name. */
const anywhere = (arn: string): Domain => ({
  state: 'open',
  presence: 'always',
  type: 'text',
  multiValued: false,
  fresh: [arn, `${arn}/x`, `${arn}:x`],
  shape: undefined,
  accepts: undefined,
});

/** The ARNs of a form, as values that a request's resource can have. */
export function resourceOf({ written, prefix, arn, list }: Form): Domain {
  if (prefix !== undefined) return beneath(prefix, restOf[list.resource] ?? anyRest);
  return written === '*' && list.resource !== '{none}' ? anywhere(arn) : fixed(written);
}

/** `event-bus/orders` → the rules on that bus. */
function rulesOn({ resource }: Arn): string {
  const bus = resource.replace(/^event-bus\//, '');
  return bus === 'default' ? 'rule/*' : `rule/${bus}/*`;
}

/** A layer's versions, or the one that is judged. */
const versionsOf = ({ resource }: Arn): string =>
  /^layer:[^:]+:\d+$/.test(resource) ? resource : `${resource}:*`;

/** `execute-api`'s own ARN of what API Gateway's management knows by another. */
const atGateway = (arn: Arn, account: string, resource: string): string =>
  formatArn({ ...arn, service: 'execute-api', account, resource });

/** What an API, or a domain name, is called where its callers ask for it. */
export function invokedArn({ arn, owner }: JudgedResource): string {
  const parsed = parseArn(arn);
  return parsed === undefined ? arn : atGateway(parsed, owner, parsed.resource.replace(/^\/restapis\//, ''));
}

/** The ARNs of a form as the catalogue names it, other than the judged one and what is below it. */
function globOf(resource: string, arn: Arn, judged: JudgedResource): string {
  switch (resource) {
    case '{rule}':
      return formatArn({ ...arn, resource: rulesOn(arn) });
    case '{arn}:{qualifier}':
      return `${judged.arn}:*`;
    case '{version}':
      return formatArn({ ...arn, resource: versionsOf(arn) });
    case '{recovery-point}':
      return `arn:${arn.partition}:*`;
    case '{api}/*':
      return `${invokedArn(judged)}/*`;
    case '{domain}':
      return invokedArn(judged);
    case '{none}':
      return '*';
    default:
      return resource
        .replace('{at}', formatArn({ ...arn, resource: '' }))
        .replace('{name}', arn.resource.replace(/^[^/:]*[/:]/, ''));
  }
}

/** What is no ARN may be of any form. */
function writtenOf(resource: string, judged: JudgedResource): string {
  if (resource.startsWith('{arn}') && !resource.endsWith('}')) return judged.arn + resource.slice(5);
  const arn = parseArn(judged.arn);
  return arn === undefined ? '*' : globOf(resource, arn, judged);
}

/** The form that the list's actions are called on; undefined where such a resource has none. */
export function formOf(list: ActionList, judged: JudgedResource): Form | undefined {
  const { resource, of } = list;
  const { arn } = judged;
  if (of !== undefined && parseArn(arn)?.resource.startsWith(of) === false) return undefined;
  if (resource === '*' || resource === '{arn}')
    return { written: resource === '*' ? '*' : arn, prefix: undefined, list, arn };
  const written = writtenOf(resource, judged);
  const prefix = written.endsWith('*') && written !== '*' ? written.slice(0, -1) : undefined;
  return { written, prefix, list, arn };
}
