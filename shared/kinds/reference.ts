import { formatArn, parseArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';
import type { ChangeDetail } from './kind.ts';

/** Where a reference stands in a CloudTrail record: `requestParameters.queueUrl`. */
type Path = `${'requestParameters' | 'responseElements'}.${string}`;

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** The text at the first of the paths that has one. */
export function textAt(detail: ChangeDetail, ...paths: readonly Path[]): string | undefined {
  for (const path of paths) {
    let value: unknown = detail;
    for (const step of path.split('.'))
      value =
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
    if (typeof value === 'string' && value !== '' && value !== hidden) return value;
  }
  return undefined;
}

/**
 * The reference at the first of the paths that has one. CloudTrail leaves parameters out that are too large or
 * secret: a record that does not tell which resource it speaks of may speak of any.
 */
export function referenceAt(...paths: readonly Path[]): (detail: ChangeDetail) => string {
  return (detail) => textAt(detail, ...paths) ?? 'every';
}

/**
 * From a name or an ARN to the ARN, for resources whose ARN ends in `prefix` and the name (`topic-name`,
 * `repository/NAME`). Undefined for an ARN of another account or another sort of resource. Some ARNs name no
 * account.
 */
export function arnFrom(
  service: string,
  prefix: string,
  names: 'the-account' | 'no-account' = 'the-account',
): (reference: string, place: Place) => string | undefined {
  return (reference, { partition, region, account: own }) => {
    const account = names === 'the-account' ? own : '';
    const arn = parseArn(reference);
    if (arn === undefined)
      return formatArn({ partition, service, region, account, resource: `${prefix}${reference}` });
    const fits = arn.service === service && arn.account === account && arn.resource.startsWith(prefix);
    return fits ? reference : undefined;
  };
}

/** The name that follows `prefix` in an ARN's last part. */
export function nameIn(arn: string, prefix: string): string {
  return parseArn(arn)?.resource.slice(prefix.length) ?? arn;
}

/** `find` and `refersTo` for kinds whose references say all that the ARN needs. */
export function knownBy(arnOf: (reference: string, place: Place) => string | undefined) {
  return {
    async find(_: unknown, place: Place, reference: string) {
      const arn = arnOf(reference, place);
      return arn === undefined ? undefined : { arn };
    },
    refersTo: (reference: string, arn: string, place: Place) => arnOf(reference, place) === arn,
  };
}

/** `list`, `find` and `refersTo` for what there is once in every account and region. */
export function onceAPlace(service: string, resource: string) {
  const arnOf = ({ partition, region, account }: Place) =>
    formatArn({ partition, service, region, account, resource });
  return {
    async *list(_: unknown, place: Place) {
      yield { arn: arnOf(place) };
    },
    async find(_: unknown, place: Place) {
      return { arn: arnOf(place) };
    },
    refersTo: (_: string, arn: string, place: Place) => arn === arnOf(place),
  };
}

/**
 * `find` and `refersTo` for kinds with ARNs of several sorts, which events give whole. Only a deletion may give the
 * end of one, an id or a name: what is deleted is not found, and known by that.
 */
export function knownByArn(service: string) {
  return {
    async find(_: unknown, { account }: Place, reference: string) {
      const arn = parseArn(reference);
      return arn?.service === service && arn.account === account ? { arn: reference } : undefined;
    },
    refersTo: (reference: string, arn: string) => arn === reference || arn.endsWith(`/${reference}`),
  };
}
