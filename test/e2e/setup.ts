import type { TestProject } from 'vitest/node';
import { deploy, type Stack } from './deploy.ts';
import { plants } from './plants.ts';
import { makeOrganization, type World } from './world.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly world: World;
    readonly stack: Stack;
  }
}

/** When nothing of the tests runs any more. */
const never = 'at(2099-12-31T23:59:59)';

/** The parameters of the stack: the tests do not wait for what in a real one takes its time. */
export const parameters = ({ organization }: Pick<World, 'organization'>) => ({
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

/** Makes an organization, plants in its accounts what lets outsiders in and what does not, and deploys the stack that watches it. */
export default async function setup({ provide }: TestProject): Promise<void> {
  const world = await makeOrganization();
  const [planted, stack] = await Promise.all([plants(world.accounts), deploy(parameters(world))]);
  provide('world', { ...world, planted });
  provide('stack', stack);
}
