import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The region of the stack. */
export const region = 'eu-west-1';

/** The security account. */
export const securityAccount = '123456789012';

/** The router before both emulators; run.mjs sets it. */
export const endpoint = process.env.E2E_ENDPOINT ?? '';

/** What every client of the security account is made with. */
export const config = {
  region,
  endpoint,
  credentials: { accessKeyId: securityAccount, secretAccessKey: 'emulated' },
  requestHandler: new NodeHttpHandler(),
};
