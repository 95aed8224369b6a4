import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ClientConfig } from '../kinds/kind.ts';
import { lazy } from './lazy.ts';

type Handler = Pick<NodeHttpHandler, 'handle' | 'metadata' | 'httpHandlerConfigs' | 'updateHttpClientConfig'>;

/**
 * How every SDK client calls: it waits as long as a service in trouble needs and no longer, and slows down by
 * itself when it is throttled. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export type CallSettings = Pick<ClientConfig, 'retryMode' | 'maxAttempts'> & {
  readonly requestHandler: Handler;
};

/** One pool of connections for all clients; the SDK's part of it is loaded with the first request, not before. */
function sharedHandler(): Handler {
  const open = lazy(async () => {
    const { NodeHttpHandler } = await import('@smithy/node-http-handler');
    return new NodeHttpHandler({
      connectionTimeout: 3_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 100 },
      httpsAgent: { keepAlive: true, maxSockets: 100 },
    });
  });
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request, options) => (await open()).handle(request, options),
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => {},
  };
}

/** Makes the settings, with one pool of connections for all the clients that they are given to. */
export function callSettings(): CallSettings {
  return { retryMode: 'adaptive', maxAttempts: 8, requestHandler: sharedHandler() };
}
