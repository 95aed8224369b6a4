import type { TestProject } from 'vitest/node';
import { deploy, type Stack } from './deploy.ts';
import { plantOrganization, type World } from './world.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly world: World;
    readonly stack: Stack;
  }
}

/** When nothing of the tests runs any more. */
const never = 'at(2099-12-31T23:59:59)';

/** The parameters of the stack: the tests do not wait for what in a real one takes its time. */
export const parameters = ({ organization }: World) => ({
  organizationId: organization,
  changeDelaySeconds: 0,
  secondLookSeconds: '4,15',
  changeTimeoutSeconds: 10,
  changeVisibilitySeconds: 10,
  changeMaxReceives: 2,
  securityHub: 'true',
  digestBelow: 'medium',
  // What the tests start themselves must not come between by itself.
  auditSchedule: never,
  digestSchedule: never,
  stormSchedule: never,
  // Each sweep and each batch of changes at a time is a process of this machine.
  sweepConcurrency: 3,
  changeConcurrency: 4,
});

/** Plants the organization, then deploys the stack that watches it. */
export default async function setup({ provide }: TestProject): Promise<void> {
  const world = await plantOrganization();
  provide('world', world);
  provide('stack', await deploy(parameters(world)));
}
