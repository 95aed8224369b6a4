import type { ClientConfig, SdkClient } from '../kinds/kind.ts';

/**
 * A client that goes where AWS_ENDPOINT_URL says. All but the oldest do so by themselves; those are told, for a test, or a
 * network that lets nothing out, must not be left by one service in seventy.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function atConfiguredEndpoint<C extends SdkClient>(
  Client: new (config: ClientConfig & { readonly endpoint?: string }) => C,
  config: ClientConfig,
  endpoint: string | undefined = process.env.AWS_ENDPOINT_URL,
): C {
  const client = new Client(config);
  const readsIt = 'identifyOnResolve' in client.middlewareStack;
  return readsIt || !endpoint ? client : new Client({ ...config, endpoint });
}
