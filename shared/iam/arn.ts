/** Twelve digits, as text: a leading zero is part of it. */
export type AccountId = string;

/** `aws`, `aws-cn`, `aws-us-gov`. */
export type Partition = string;

export const usualPartition: Partition = 'aws';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: Partition;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All that follows the fifth colon; it may hold colons and slashes. */
  readonly resource: string;
}

const arnShape = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s;

/** The parts of an ARN, or undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const match = arnShape.exec(text);
  if (match === null) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
}

/** Whether the text begins as nearly all ARNs do: short texts are what the engine compares fastest. */
const isOfUsual = (arn: string) => arn.startsWith('aws', 4) && arn.charCodeAt(7) === 58;

/** The partition of an ARN; the usual one where the text is none. */
export const partitionOfArn = (arn: string): Partition =>
  isOfUsual(arn) ? usualPartition : (parseArn(arn)?.partition ?? usualPartition);

/** The text of an ARN. */
export function formatArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

export const accountIdLength = 12;

/** Whether all characters of a part of the text are digits. */
export function areDigits(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** Whether the text is an account id: twelve digits. */
export function isAccountId(text: string): boolean {
  return text.length === accountIdLength && areDigits(text, 0, accountIdLength);
}
