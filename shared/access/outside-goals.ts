import { none } from '../iam/none.ts';
import { accessPointKeys, accountKey, arnKey } from './access-point.ts';
import type { Caller } from './caller.ts';
import { type CompiledZone, isFrom } from './compiled-zone.ts';
import { type Goal, madeCondition } from './goal.ts';
import { namesAny } from './mentions.ts';
import type { Question } from './question.ts';

/**
 * What keeps a request outside that is settled only in part: no access point of an account inside, which lets in by its
 * own policy. That policy itself, whose requests all come through it, knows no such difference.
 */
export function beyondAccessPoints({ mentions, zone, setting }: Question): readonly Goal[] {
  if (!namesAny(mentions, accessPointKeys) || setting.scene.accessPoint !== undefined) return none;
  const inside = [...zone.accounts];
  return [
    { condition: madeCondition(accountKey, 'StringEquals', inside), wanted: false },
    {
      condition: madeCondition(
        arnKey,
        'ArnLike',
        inside.map((id) => `arn:*:*:*:${id}:*`),
      ),
      wanted: false,
    },
  ];
}

/** What keeps a caller outside: no path inside, no trusted tenant's token. */
export function outsideGoals(caller: Caller, zone: CompiledZone): readonly Goal[] {
  if (caller.sort === 'federated') {
    if (zone.tenants.length === 0) return none;
    return zone.tenants
      .filter((tenant) => tenant.key !== undefined && isFrom(tenant, caller, zone.accounts))
      .map(({ key = '', value }) => ({
        condition: madeCondition(key, 'StringLike', [value]),
        wanted: false,
      }));
  }
  if (caller.sort === 'anonymous' || caller.membership === undefined) return none;
  return outsidePaths(zone, caller.sort === 'service' ? 'aws:sourceorgpaths' : 'aws:principalorgpaths');
}

/** That the path of an organization's member is none inside. */
export const outsidePaths = ({ paths }: CompiledZone, key: string): readonly Goal[] =>
  paths.length === 0 ? none : [{ condition: madeCondition(key, 'StringLike', paths), wanted: false }];

const noGoals: readonly (readonly Goal[])[] = [none];
const withMfa: readonly Goal[] = [
  { condition: madeCondition('aws:multifactorauthpresent', 'Bool', ['true']), wanted: true },
  { condition: madeCondition('aws:multifactorauthage', 'Null', ['false']), wanted: true },
];
const eitherWay = [withMfa, withMfa.map(({ condition }) => ({ condition, wanted: false }))];

/**
 * What a request looks like with a second factor and without: whoever has used one has the age of it, and nobody else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthage
 */
export const mfaGoals = ({ mentions: { keys } }: Question): readonly (readonly Goal[])[] =>
  keys.has('aws:multifactorauthage') && keys.has('aws:multifactorauthpresent') ? eitherWay : noGoals;

/** The name of a user is the end of its ARN. */
export function userNameGoals(caller: Caller, { mentions, setting }: Question): readonly Goal[] {
  if (caller.sort !== 'aws' || caller.form !== 'user' || caller.arn !== undefined) return none;
  if (!mentions.keys.has('aws:username')) return none;
  const prefix = `arn:${setting.scene.partition}:iam::${caller.account}:user/`;
  const values = [`${prefix}\${aws:username}`, `${prefix}*/\${aws:username}`];
  return [
    { condition: madeCondition('aws:principalarn', 'StringLike', values, { variables: true }), wanted: true },
  ];
}
