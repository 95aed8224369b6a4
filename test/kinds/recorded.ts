import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { replay } from '../../shared/aws/recording.ts';
import { homeRegion, type Place, partitionOf } from '../../shared/iam/place.ts';
import { kinds } from '../../shared/kinds/index.ts';
import type { ChangeDetail, Kind, Listed, OpenClient, Opening, SdkClient } from '../../shared/kinds/kind.ts';
import { outcomeOf } from '../../shared/kinds/outcome.ts';

export const account = '111122223333';
const home = import.meta.dirname;

/** What a look at a resource gives: its policies by name, with block public access, or one word. */
export type Reading = 'absent' | 'gone' | string | { readonly [policy: string]: unknown };

/** `test/kinds/KIND/expected.yaml`: what the answers recorded beside it must give. */
export interface Expected {
  readonly kind: string;
  /** Where the list is read; eu-west-1, or the home region of a global kind, when not said. */
  readonly region?: string;
  readonly readings: Readonly<Record<string, Reading>>;
  /** How many calls the list and all readings make. */
  readonly calls: number;
  /** A region in which the list fails, and as what. */
  readonly refused: Readonly<Record<string, string>>;
  /** A reference out of an event, and the ARN that `find` gives, or `gone` or `nothing`. */
  readonly find: Readonly<Record<string, string>>;
  /** A reference, and the ARNs that it must and must not be taken for. */
  readonly refersTo: Readonly<
    Record<string, { readonly yes: readonly string[]; readonly no: readonly string[] }>
  >;
  readonly events: readonly {
    readonly name: string;
    readonly request?: ChangeDetail['requestParameters'];
    readonly response?: ChangeDetail['responseElements'];
    readonly reference: string;
    readonly region?: string;
  }[];
}

/** Every recorded case, by its folder. */
export const cases: readonly (readonly [folder: string, kind: Kind, expected: Expected])[] = readdirSync(
  home,
  {
    withFileTypes: true,
  },
)
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const expected: Expected = parse(readFileSync(join(home, name, 'expected.yaml'), 'utf8'));
    const kind = kinds.find(({ id }) => id === expected.kind);
    if (kind === undefined) throw new Error(`${name}/expected.yaml: no kind \`${expected.kind}\``);
    return [name, kind, expected] as const;
  });

export function placeOf(kind: Kind, region = 'eu-west-1'): Place {
  const partition = partitionOf(region);
  return { partition, account, region: kind.reach === 'global' ? homeRegion(partition) : region };
}

/**
 * Opens real SDK clients that are answered from a case's recording, and counts what is asked of them. `before` hangs
 * itself in before the recording.
 */
export function replaying(folder: string, place: Place, before: (client: SdkClient) => void = () => {}) {
  const recording = replay([join(home, folder)]);
  const asked: string[] = [];
  const open: OpenClient = (client, overrides) => {
    const region = overrides?.region ?? place.region;
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    const opened = new client({ region, credentials, retryMode: 'standard', maxAttempts: 1 });
    before(opened);
    count(opened, asked);
    recording.attach(opened, { account, region });
    return opened;
  };
  return { open, asked };
}

function count(client: SdkClient, asked: string[]) {
  const middleware =
    (next: (args: unknown) => unknown, context: { commandName?: string }) => (args: unknown) => {
      asked.push(context.commandName ?? '');
      return next(args);
    };
  client.middlewareStack.add(middleware as never, { step: 'initialize', name: 'count', priority: 'high' });
}

/** The outcome of a failed read as one word. */
export function outcomeWord(kind: Kind, error: unknown): string {
  const outcome = outcomeOf(kind, error);
  if (typeof outcome === 'string') return outcome;
  return outcome.reason === 'failed' ? outcome.message : outcome.reason;
}

export async function readingOf(
  kind: Kind,
  connection: unknown,
  item: Listed,
  place: Place,
): Promise<Reading> {
  try {
    const opening = await kind.policy(connection, item, place);
    return opening === undefined ? 'absent' : shapeOf(opening);
  } catch (error) {
    return outcomeWord(kind, error);
  }
}

function shapeOf({ policies, blockPublicAccess }: Opening): Reading {
  const texts = policies.map(({ name, text }) => [name, JSON.parse(text)]);
  return { ...Object.fromEntries(texts), ...(blockPublicAccess && { blockPublicAccess }) };
}
