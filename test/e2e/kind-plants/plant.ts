import type { Place } from '../../../shared/iam/place.ts';
import type { OpenClient } from '../../../shared/kinds/kind.ts';
import { allow, strangers } from '../plants.ts';

/** Plants one shared and, where there can be two, one private resource; gives what the shared one's ARN has and no other. */
export type Plant = (open: OpenClient, place: Place) => Promise<string>;

/** A policy that lets the stranger in. */
export const policy = (action: string, resource = '*') =>
  allow({ Sid: 'shared', Principal: strangers, Action: action, Resource: resource });
