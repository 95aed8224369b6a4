import type { AuditStarter } from '../app/audit-ports.ts';
import type { CallSettings } from './client-settings.ts';
import { lazy } from './lazy.ts';

export interface AuditMachineSettings {
  /** The ARN of the state machine that audits. */
  readonly machine: string;
  readonly region: string;
  readonly calls: CallSettings;
}

/** Starts the state machine that audits: an execution bears the name of its audit, and there is one of a name. */
export function auditMachine({ machine, region, calls }: AuditMachineSettings): AuditStarter {
  const connect = lazy(async () => {
    const sdk = await import('./sdk/sfn.ts');
    return { sdk, client: new sdk.SFNClient({ ...calls, region }) };
  });
  return {
    async start(audit, request) {
      const { sdk, client } = await connect();
      try {
        const input = JSON.stringify(request);
        await client.send(new sdk.StartExecutionCommand({ stateMachineArn: machine, name: audit, input }));
      } catch (error) {
        // It runs with another input, or has ended: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
        if (!(error instanceof sdk.ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
