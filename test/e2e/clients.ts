import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The region of the stack. */
export const region = 'eu-west-1';

/** The router before both emulators; run.mjs sets it. */
export const endpoint = process.env.E2E_ENDPOINT ?? '';

/** What every client of a test is made with; the key is the account for which it speaks. */
export const config = {
  region,
  endpoint,
  credentials: { accessKeyId: '123456789012', secretAccessKey: 'emulated' },
  requestHandler: new NodeHttpHandler(),
};
