import type { BlockPublicAccess, DecisionInput, JudgedResource } from '../../shared/access/decision.ts';

import type { Zone } from '../../shared/access/zone.ts';

import { isAttached } from './action.ts';

import { isKnownOperator } from './condition.ts';
import { type Statement, statementsOf } from './policy.ts';

/**
 * What a request meets: the resource, its policies, what is laid over them. The zone is no part of AWS's answer; it tells
 * what its organizations are like.
 */
export interface Question {
  readonly resource: JudgedResource;
  readonly statements: readonly Statement[];
  /** The statements of the resource control policies. */
  readonly controls: readonly Statement[];
  readonly blockPublicAccess: BlockPublicAccess | undefined;
  /** The keys that the policies attached to a resource, or to one of its parts, speak of, in lower case. */
  readonly keysOn: (resource: string) => ReadonlySet<string>;
  readonly zone: Zone | undefined;
}

const variable = /\$\{\s*([^},]+?)\s*[},]/g;

/** The keys of a statement's conditions and variables. */
function keysOf({ conditions, resource = [], notResource = [] }: Statement): readonly string[] {
  // What an operator that we do not know asks for, we do not know either.
  const lines = conditions.filter(({ operator }) => isKnownOperator(operator));
  const values = [...lines.flatMap((line) => line.values), ...resource, ...notResource];
  const variables = values.flatMap((value) => [...value.matchAll(variable)].map(([, key = '']) => key));
  return [...lines.map(({ key }) => key), ...variables].map((key) => key.toLowerCase());
}

/** The same for every resource, unless some of its parts have policies of their own. */
function keysOn(statements: readonly Statement[]): Question['keysOn'] {
  const all = new Set(statements.flatMap(keysOf));
  if (statements.every(({ attachedTo }) => attachedTo === undefined)) return () => all;
  return (resource) =>
    new Set(statements.filter((statement) => isAttached(statement, resource)).flatMap(keysOf));
}

/** @throws SyntaxError or TypeError when a policy is none: whoever asks with such a text asked wrongly */
export function questionOf(input: Omit<DecisionInput, 'zone'> & { readonly zone?: Zone }): Question {
  const statements = input.policies.flatMap(statementsOf);
  const controls = (input.resourceControlPolicies ?? []).flatMap(statementsOf);
  return {
    resource: input.resource,
    statements,
    controls,
    blockPublicAccess: input.blockPublicAccess,
    keysOn: keysOn([...statements, ...controls]),
    zone: input.zone,
  };
}
