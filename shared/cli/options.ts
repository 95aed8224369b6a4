import { InvalidArgumentError } from 'commander';
import { isAccountId } from '../iam/arn.ts';
import { isOrganizationId } from '../iam/organization.ts';

const items = (text: string) => [
  ...new Set(
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  ),
];

/** A list of values by commas, each of which must pass. */
const listOf = (passes: (item: string) => boolean, remedy: string) => (text: string) => {
  const list = items(text);
  const wrong = list.find((item) => !passes(item));
  if (wrong !== undefined || list.length === 0)
    throw new InvalidArgumentError(`\`${wrong ?? text}\` does not fit; ${remedy}.`);
  return list;
};

const oneOf = (passes: (text: string) => boolean, remedy: string) => (text: string) => {
  if (!passes(text)) throw new InvalidArgumentError(`\`${text}\` does not fit; ${remedy}.`);
  return text;
};

const isKind = (text: string) => /^[a-z0-9-]+:[a-z0-9-]+$/.test(text);

/** `111122223333` */
export const oneAccount = oneOf(isAccountId, 'name one account by its 12 digits');

/** `o-abc1234567` */
export const organizationId = oneOf(isOrganizationId, 'write an organization id as `o-abc1234567`');

/** `iam:role`; one that is not known is judged by its policy alone. */
export const oneKind = oneOf(isKind, 'name one kind as `trustwatch kinds` lists it');

/** `111122223333,012345678901` */
export const accountList = listOf(isAccountId, 'name accounts by their 12 digits, with commas between');

/** `eu-west-1,us-east-1` */
export const regionList = listOf(
  (item) => /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(item),
  'name regions as `eu-west-1`, with commas between',
);

/** `iam:role,s3:bucket`; whether the kinds exist is said where they are chosen. */
export const kindList = listOf(isKind, 'name kinds as `trustwatch kinds` lists them, with commas between');

const mostPlacesAtATime = 64;

export function concurrency(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > mostPlacesAtATime)
    throw new InvalidArgumentError(`\`${text}\` does not fit; say a number from 1 to ${mostPlacesAtATime}.`);
  return number;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function externalId(text: string): string {
  if (!/^[\w+=,.@:/-]{2,1224}$/.test(text))
    throw new InvalidArgumentError(
      'that is no external id; it has 2 to 1,224 letters, digits or signs of `+=,.@:/-_`.',
    );
  return text;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function roleName(text: string): string {
  if (!/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(text))
    throw new InvalidArgumentError(
      'that is no name of a role; give it with its path when it has one, not the ARN.',
    );
  return text;
}
