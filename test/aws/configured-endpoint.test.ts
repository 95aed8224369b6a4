import { afterEach, expect, test, vi } from 'vitest';
import { atConfiguredEndpoint } from '../../shared/aws/configured-endpoint.ts';
import { kinds } from '../../shared/kinds/index.ts';
import { collect } from '../../shared/kinds/pages.ts';
import { placeOf } from '../kinds/recorded.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Where the requests of a listing go. */
async function hostsOf(kind: (typeof kinds)[number]) {
  const hosts: string[] = [];
  const requestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle({ hostname }: { readonly hostname: string }) {
      hosts.push(hostname);
      throw new Error('no answer');
    },
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => {},
  };
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const calls = { credentials, retryMode: 'standard' as const, maxAttempts: 1, requestHandler };
  const place = placeOf(kind);
  const connection = await kind.connect(
    (client, overrides) => atConfiguredEndpoint(client, { region: place.region, ...calls, ...overrides }),
    place,
  );
  for (const item of await collect(kind.list(connection, place)).catch(() => []))
    await kind.policy(connection, item, place).catch(() => undefined);
  return hosts;
}

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  '%s is asked where AWS_ENDPOINT_URL says, and nowhere else',
  async (_, kind) => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://endpoint.test');
    const hosts = await hostsOf(kind);
    expect(hosts.length).toBeGreaterThan(0);
    expect(hosts.filter((host) => !host.endsWith('endpoint.test'))).toEqual([]);
  },
);

test('without it, a client of any year goes to AWS', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', '');
  const [sink] = kinds.filter(({ id }) => id === 'oam:sink');
  expect(sink && (await hostsOf(sink))).toEqual(['oam.eu-west-1.amazonaws.com']);
});
