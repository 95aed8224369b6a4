import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { auditMachine } from '../../shared/aws/audit-machine.ts';
import { callSettings } from '../../shared/aws/client-settings.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Step Functions as far as starting goes, on this machine: it answers so, and keeps what it was asked. */
async function answering(status: number, answer: object) {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(JSON.parse(body));
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  const machine = 'arn:aws:states:eu-west-1:111111111111:stateMachine:trustwatch-prod-audit';
  const audits = auditMachine({ machine, region: 'eu-west-1', calls: { ...callSettings(), maxAttempts: 1 } });
  return { asked, machine, audits, close: () => server.close() };
}

test('an execution bears the name of its audit, and its input is what to read', async () => {
  const { asked, audits, machine, close } = await answering(200, { executionArn: 'arn', startDate: 1 });
  await audits.start('account-111111111112-x', { about: ['111111111112'] });
  expect(asked).toEqual([
    { stateMachineArn: machine, name: 'account-111111111112-x', input: '{"about":["111111111112"]}' },
  ]);
  close();
});

test('what was started by that name before is not started again; another refusal is not swallowed', async () => {
  const again = await answering(400, {
    __type: 'com.amazonaws.states#ExecutionAlreadyExists',
    message: 'it is there',
  });
  await again.audits.start('a', {});
  again.close();
  const denied = await answering(400, { __type: 'AccessDeniedException', message: 'no' });
  await expect(denied.audits.start('a', {})).rejects.toThrow('no');
  denied.close();
});
