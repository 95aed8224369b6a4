import type { Condition } from './condition.ts';
import type { Principals } from './principal.ts';

/** One statement of a resource policy, taken apart. */
export interface Statement {
  /** The policy's name and the statement's place in it. */
  readonly policy: string;
  readonly index: number;
  readonly sid: string | undefined;
  /** Whether it stands in a resource control policy of the organization. */
  readonly control: boolean;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: Principals;
  /** NotPrincipal, NotAction, NotResource: the element names what is left out. */
  readonly notPrincipal: boolean;
  readonly actions: readonly string[];
  readonly notAction: boolean;
  /** Undefined where the policy has none: a trust policy, a repository policy. */
  readonly resources: readonly string[] | undefined;
  readonly notResource: boolean;
  /** Whether a resource holds a policy variable. */
  readonly resourceVariables: boolean;
  readonly conditions: readonly Condition[];
  /** Operators that AWS does not have; nobody knows what the statement does with them. */
  readonly unknownOperators: readonly string[];
}
