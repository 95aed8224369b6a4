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
 * `repository/NAME`). Undefined for an ARN of another account or another sort of resource.
 */
export function arnFrom(
  service: string,
  prefix: string,
): (reference: string, place: Place) => string | undefined {
  return (reference, { partition, region, account }) => {
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
