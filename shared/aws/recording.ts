import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import type { SdkClient } from '../kinds/kind.ts';

/** Whom a client speaks for: an account by its audit role, or `caller` with the credentials at hand. */
export interface Speaker {
  readonly account: string;
  readonly region: string;
}

/** Hangs itself into an SDK client. */
export interface Recording {
  attach(client: SdkClient, speaker: Speaker): void;
}

/** One line of `DIR/ACCOUNT.jsonl`: a request of the SDK and its answer, before any retry. */
export interface Exchange {
  readonly region: string;
  /** The SDK client's name without `Client`: `SQS`. */
  readonly client: string;
  /** The command's name without `Command`: `ListQueues`. */
  readonly operation: string;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: RecordedError;
}

/** What is told of an error: `code` is the network's (`ENOTFOUND`), `status` the answer's. */
interface RecordedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly status?: number;
}

type Middleware = (
  next: (args: { input: unknown }) => Promise<{ output: unknown }>,
  context: { readonly clientName?: string; readonly commandName?: string },
) => (args: { input: unknown }) => Promise<{ output: unknown; response: unknown }>;

function hang(client: SdkClient, middleware: Middleware): void {
  client.middlewareStack.add(middleware as never, {
    step: 'initialize',
    name: 'trustwatchRecording',
    priority: 'high',
  });
}

const without = (name: string | undefined, ending: string) =>
  (name ?? '').replace(new RegExp(`${ending}$`), '');

/** JSON with sorted keys, so that equal requests have equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) =>
    held !== null && typeof held === 'object' && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
}

/** What is never written, wherever it stands in an answer: credentials, and the environment of functions. */
const secrets = new Map<string, unknown>([
  ['Credentials', { AccessKeyId: 'REDACTED', SecretAccessKey: 'REDACTED', SessionToken: 'REDACTED' }],
  ['Environment', undefined],
]);

/** An answer as it is kept: no transport metadata, no secret. */
function kept(output: unknown): unknown {
  const { $metadata: _, ...rest } = output as Record<string, unknown>;
  const text = JSON.stringify(rest, (key, value: unknown) => (secrets.has(key) ? secrets.get(key) : value));
  return JSON.parse(text);
}

function keptError(error: unknown): RecordedError {
  const { name, message, code, $metadata } = error as Error & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  return {
    name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(status === undefined ? {} : { status }),
  };
}

/**
 * Writes each request and its answer to `directory`, one file an account, for its owner alone to read: policies
 * say much about an organization. Secrets are never written.
 */
export function record(directory: string): Recording {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const write = (account: string, exchange: Exchange) =>
    appendFileSync(join(directory, `${account}.jsonl`), `${JSON.stringify(exchange)}\n`, { mode: 0o600 });
  return {
    attach(client, { account, region }) {
      hang(client, (next, context) => async (args) => {
        const request = {
          region,
          client: without(context.clientName, 'Client'),
          operation: without(context.commandName, 'Command'),
          input: args.input,
        };
        try {
          const result = await next(args);
          write(account, { ...request, output: kept(result.output) });
          return result as { output: unknown; response: unknown };
        } catch (error) {
          write(account, { ...request, error: keptError(error) });
          throw error;
        }
      });
    },
  };
}

function replayed({ message, status, ...named }: RecordedError): Error {
  const $metadata = status === undefined ? {} : { httpStatusCode: status };
  return Object.assign(new Error(message), named, { $metadata });
}

function load(file: string): Map<string, Exchange[]> {
  const answers = new Map<string, Exchange[]>();
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const exchange = parseExchange(line, `${file}:${index + 1}`);
    const key = keyOf(exchange);
    answers.set(key, [...(answers.get(key) ?? []), exchange]);
  }
  return answers;
}

function parseExchange(line: string, where: string): Exchange {
  const refuse = (why: string) =>
    new InputError(
      where,
      `not a recorded exchange (${why})`,
      'record the account again, or take the line out',
    );
  let exchange: Partial<Exchange> | null;
  try {
    exchange = JSON.parse(line);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  for (const field of ['region', 'client', 'operation'] as const)
    if (typeof exchange?.[field] !== 'string') throw refuse(`it has no ${field}`);
  if (!isObject(exchange?.output) && !isObject(exchange?.error))
    throw refuse('it has no output and no error');
  return exchange as Exchange;
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

const keyOf = ({ region, client, operation, input }: Exchange) =>
  `${region} ${client} ${operation} ${canonical(input)}`;

/**
 * Answers from recordings instead of the network. Of several directories, the first that has an answer gives
 * it. A request recorded more than once is answered in the recorded order, the last answer for good. What was
 * not recorded fails as `NotRecorded`: it is unread, never empty.
 */
export function replay(directories: readonly string[]): Recording {
  for (const directory of directories)
    if (!existsSync(directory))
      throw new InputError(directory, 'there is no such recording', 'name a directory that --record wrote');
  const files = new Map<string, Map<string, Exchange[]>>();
  const answersOf = (file: string) => {
    const known = files.get(file) ?? (existsSync(file) ? load(file) : new Map<string, Exchange[]>());
    files.set(file, known);
    return known;
  };
  const answer = (account: string, key: string): Exchange | undefined => {
    for (const directory of directories) {
      const queue = answersOf(join(directory, `${account}.jsonl`)).get(key);
      if (queue !== undefined) return queue.length > 1 ? queue.shift() : queue[0];
    }
    return undefined;
  };
  return {
    attach(client, { account, region }) {
      hang(client, (_, context) => async ({ input }) => {
        const request = {
          region,
          client: without(context.clientName, 'Client'),
          operation: without(context.commandName, 'Command'),
          input,
        };
        const notRecorded: RecordedError = {
          name: 'NotRecorded',
          message: `the recording has no ${request.client} ${request.operation} of ${account} in ${region} with ${canonical(input)}`,
        };
        const { output, error } = answer(account, keyOf(request)) ?? { error: notRecorded };
        if (error !== undefined) throw replayed(error);
        return { output: { ...(output as object), $metadata: {} }, response: undefined };
      });
    },
  };
}
