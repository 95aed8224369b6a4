import { expect, test } from 'vitest';
import { kinds } from '../../shared/kinds/index.ts';
import type { OpenClient } from '../../shared/kinds/kind.ts';
import { collect } from '../../shared/kinds/pages.ts';
import { placeOf } from './recorded.ts';

/** Opens clients of an account that has nothing, and tells what they are asked. */
function emptyAccount() {
  const asked: string[] = [];
  const open: OpenClient = (client, overrides) => {
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    const region = overrides?.region ?? 'eu-west-1';
    const opened = new client({ region, credentials, retryMode: 'standard', maxAttempts: 1 });
    const middleware = (_: unknown, context: { commandName?: string }) => async (args: unknown) => {
      asked.push(`${context.commandName} ${JSON.stringify(args)}`);
      return { output: { $metadata: {} }, response: undefined };
    };
    opened.middlewareStack.add(middleware as never, { step: 'initialize', name: 'empty', priority: 'high' });
    return opened;
  };
  return { open, asked };
}

test.each(kinds.map((kind) => [kind.id, kind] as const))(
  '%s: an account that has none costs one call for each sort of list',
  async (_, kind) => {
    const { open, asked } = emptyAccount();
    const place = placeOf(kind);
    const connection = await kind.connect(open, place);
    await collect(kind.list(connection, place));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(asked.filter((operation) => !/^(List|Describe|Get)/.test(operation))).toEqual([]);
  },
);
