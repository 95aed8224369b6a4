import type { ExpectableGrant, Expectation, ExpectedGrant } from './expectation.ts';

/** The entry that covers this finding and nothing wider: its resource by name, and all that the grant has. */
export function narrowestExpectation(
  { kind, arn, grant }: ExpectableGrant,
  whose: Omit<Expectation, 'entry'>,
): ExpectedGrant {
  const { outsider, actions, resources, conditions } = grant;
  return {
    outsider,
    kind,
    resource: arn,
    actions,
    resources,
    conditions: conditions.map(({ key, operator, values }) => ({ key, operator, values })),
    ...whose,
  };
}
