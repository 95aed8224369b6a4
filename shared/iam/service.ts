import data from './data/services.json' with { type: 'json' };
import { globMatches } from './glob.ts';
import { remembering } from './memory.ts';

const controlled: ReadonlySet<string> = new Set(data.resourceControlPolicies.prefixes);
const passRole: ReadonlySet<string> = new Set([...data.compute.services, ...data.passRole.services]);

/** Patterns of the actions that take requests without a signature, as `data/services.json` writes them. */
export const unsignedPatterns: readonly string[] = data.unsigned.actions;

const takesUnsigned = remembering((action: string) => {
  const lower = action.toLowerCase();
  return unsignedPatterns.some((pattern) => globMatches(pattern.toLowerCase(), lower));
});

/** Kinds that take no request without a signature, whatever their service does. */
const signedKinds: ReadonlySet<string> = new Set(data.unsigned.signedKinds.kinds);

/** Whether the action's service takes requests without a signature on the kind. Data of `data/services.json`. */
export const acceptsUnsigned = (kind: string, action: string): boolean =>
  takesUnsigned(action) && !signedKinds.has(kind);

/** Whether resource control policies reach the action. Data of `data/services.json`. */
export function underResourceControlPolicies(action: string): boolean {
  if (action.toLowerCase() === 'kms:retiregrant') return false;
  return controlled.has(action.slice(0, action.indexOf(':')).toLowerCase());
}

/**
 * How the names of services end, in each partition of AWS.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const ending =
  /\.(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov|aws\.internal|amazon\.com)$/;

const region = /\.[a-z]{2,}(?:-[a-z]+)+-\d(?=\.)/;

/** The name by which a service goes in all regions: `logs.amazonaws.com` of `logs.eu-west-1.amazonaws.com`. */
export const withoutRegion = (principal: string): string => principal.replace(region, '');

/** `ecs-tasks` of `ecs-tasks.amazonaws.com`; regions and the ending fall away. */
function serviceName(principal: string): string {
  return principal
    .toLowerCase()
    .replace(ending, '')
    .replace(/\.(?:[a-z]{2,}(?:-[a-z]+)+-\d)$/, '');
}

/**
 * Whether the service takes a role only after iam:PassRole in the role's own account, so that naming it in a trust
 * policy lets nobody in from outside. Data of `data/services.json`.
 */
export const takesRoleByPassRole: (principal: string) => boolean = remembering((principal) =>
  passRole.has(serviceName(principal)),
);
