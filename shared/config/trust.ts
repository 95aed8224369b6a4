import type * as z from 'zod/mini';
import { InputError } from '../errors.ts';
import { nearest } from '../iam/nearest.ts';
import { expectedOutsiders } from './expected-schema.ts';
import { quoted } from './trust-rules.ts';
import { knownKeys, type TrustConfig, trustSchema } from './trust-schema.ts';
import { type Mistake, type Position, readYaml, together, type YamlSource } from './yaml-source.ts';

export type { TrustConfig } from './trust-schema.ts';

interface Located extends Mistake {
  readonly position: Position;
  /** The key that was probably meant by an unknown one. */
  readonly meant?: string | undefined;
}

type Issue = z.core.$ZodIssue;

function unknownKeys({ keys, path, input }: z.core.$ZodIssueUnrecognizedKeys, source: YamlSource): Located[] {
  const known = knownKeys(path, input);
  return keys.map((key) => {
    const meant = nearest(key, known);
    return {
      position: source.positionOfKey(path, key),
      what: `unknown key ${quoted(key)}`,
      remedy: meant === undefined ? `the keys here are ${known.join(', ')}` : `did you mean \`${meant}\`?`,
      meant: meant && [...path, meant].join('.'),
    };
  });
}

const wanted: Readonly<Record<string, string>> = { array: 'a list', object: 'a map', string: 'one text' };

/** What an entry of a list needs, by the list; those of `trusted` and `watch` all need the same. */
const wholes: Readonly<Record<string, string>> = {
  expected: 'an expectation says what it covers, and its owner, reason and end',
  boundaries: 'a boundary says its name and reason, and a tag its key and value',
  vendors: 'a vendor has a name and accounts',
};

const wholeEntry = 'every entry says who it is and why it is trusted';

const outsiderTypes = `the types are ${expectedOutsiders.join(', ')}`;

function mistakesOf(issue: Issue, source: YamlSource): Located[] {
  const position = source.position(issue.path);
  const key = quoted(String(issue.path.at(-1) ?? 'the file'));
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue, source);
    case 'custom':
      return [{ position, what: issue.message, remedy: String(issue.params?.remedy) }];
    case 'invalid_union':
      return [{ position, what: `there is no such type of outsider`, remedy: outsiderTypes }];
    case 'too_small':
      return [{ position, what: `${key} is empty`, remedy: 'name one at least' }];
    case 'invalid_type':
      return issue.input === undefined
        ? [
            {
              position,
              what: `${key} is missing`,
              remedy: wholes[String(issue.path[0])] ?? wholeEntry,
            },
          ]
        : [{ position, what: `${key} is not ${wanted[issue.expected]}`, remedy: 'see trust.example.yml' }];
    default:
      return [{ position, what: `${key} cannot stand here`, remedy: 'see trust.example.yml' }];
  }
}

/** All mistakes in the order of the file. A key that is missing because it is misspelt is told once. */
function located(issues: readonly Issue[], source: YamlSource): readonly Located[] {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
  const misspelt = new Set(unknown.flatMap((issue) => mistakesOf(issue, source).map(({ meant }) => meant)));
  return issues
    .filter((issue) => !(issue.code === 'invalid_type' && misspelt.has(issue.path.join('.'))))
    .flatMap((issue) => mistakesOf(issue, source))
    .sort((a, b) => a.position.offset - b.position.offset);
}

/**
 * Reads trust.yml. An empty file adds nothing.
 * @param fileName how the file is called in messages
 * @param now refuses dates before it: at the desk and at deploy time. A running stack leaves it out, so that
 *   an entry that ends does not take the others with it; `zoneOf` leaves it out of the zone.
 * @throws InputError with `FILE:LINE:COLUMN`, what is wrong and the remedy; one line for each mistake
 */
export function loadTrust(text: string, fileName: string, now?: Date): TrustConfig {
  const source = readYaml(text, fileName);
  const { data, error } = trustSchema(now).safeParse(source.value, { reportInput: true });
  if (error === undefined) {
    const { trusted, ...others } = data;
    return { ...trusted, ...others };
  }
  throw together(
    located(error.issues, source).map(
      ({ position, what, remedy }) => new InputError(position.where, what, remedy),
    ),
  );
}
