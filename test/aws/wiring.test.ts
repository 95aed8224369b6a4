import { expect, test } from 'vitest';
import { lambdaPorts } from '../../shared/aws/wiring.ts';

test('a port says which variable of the environment it lacks, when it is used and not before', () => {
  const ports = lambdaPorts({ AWS_REGION: 'eu-west-1' });
  expect(() => ports.store).toThrow(
    'the environment: `TRUSTWATCH_TABLE` is not set; deploy the function with serverless.yml',
  );
  expect(() => ports.publisher).toThrow('TRUSTWATCH_TOPIC');
  expect(() => ports.sessions).toThrow('TRUSTWATCH_AUDIT_ROLE');
  expect(ports.kinds.length).toBeGreaterThan(0);
});
