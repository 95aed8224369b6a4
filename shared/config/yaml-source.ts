import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { InputError } from '../errors.ts';

/** What is wrong at one place of a file, and what to do about it. */
export interface Mistake {
  readonly what: string;
  readonly remedy: string;
}

/** Keys and indexes from the root of a document. */
export type Path = readonly PropertyKey[];

/** A YAML file read as plain text values, and where each of them stands. */
export interface YamlSource {
  /** Maps, lists and texts; null when the file is empty. */
  readonly value: unknown;
  /** `trust.yml:7:5` of the value at a path, or of the nearest one above that is there. */
  position(path: Path): Position;
  /** The same of a key in the map at a path. */
  positionOfKey(path: Path, key: string): Position;
}

export interface Position {
  readonly offset: number;
  /** `FILE:LINE:COLUMN`, both from 1. */
  readonly where: string;
}

const remedies: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'keep one of the two',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'take the `---` line out',
  TAG_RESOLVE_FAILED: 'take the tag out: every value is text',
};

/** Far beyond what a person writes, and well within what the parser stands: it recurses by nesting. */
const mostCharacters = 1_000_000;
const mostInLine = 1000;

function requireBounded(text: string, fileName: string): void {
  if (text.length > mostCharacters)
    throw new InputError(
      fileName,
      `longer than ${mostCharacters} characters`,
      'trust organizations or paths, not each account',
    );
  const long = text.split('\n').findIndex((line) => line.length > mostInLine);
  if (long >= 0)
    throw new InputError(
      `${fileName}:${long + 1}:1`,
      `longer than ${mostInLine} characters`,
      'break the line',
    );
}

/**
 * Parses YAML with the failsafe schema, in which every scalar is text: an account id keeps its zeros.
 * @throws InputError for text that is no YAML, one line per mistake
 */
export function readYaml(text: string, fileName: string): YamlSource {
  requireBounded(text, fileName);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'error',
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { offset, where: `${fileName}:${line}:${col}` };
  };
  const errors = [...document.errors, ...document.warnings].map(
    ({ code, message, pos }) =>
      new InputError(
        at(pos[0]).where,
        lowerFirst(message.split(';')[0] ?? message),
        remedies[code] ?? 'write it as YAML',
      ),
  );
  if (errors.length > 0) throw together(errors);

  const position = (path: Path): Position => {
    const node = document.getIn(path, true);
    if (isNode(node) && node.range) return at(node.range[0]);
    return path.length === 0 ? at(0) : position(path.slice(0, -1));
  };
  return {
    value: plain(() => document.toJS() as unknown, fileName),
    position,
    positionOfKey(path, key) {
      const map = path.length === 0 ? document.contents : document.getIn(path, true);
      const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && item.key.value === key) : null;
      return isScalar(pair?.key) && pair.key.range ? at(pair.key.range[0]) : position(path);
    },
  };
}

/** Aliases are resolved here: an unknown one, or a heap of them, is refused. */
function plain(toJs: () => unknown, fileName: string): unknown {
  try {
    return toJs();
  } catch (error) {
    throw new InputError(fileName, lowerFirst((error as Error).message), 'write the value out');
  }
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** So many mistakes are told at once: the first ones are often the reason of the others. */
const mostMistakes = 50;

/** One error that tells the mistakes of a file, one line each. */
export function together(errors: readonly InputError[]): InputError {
  const [first = new InputError('', '', '')] = errors;
  first.message = errors
    .slice(0, mostMistakes)
    .map(({ message }) => message)
    .join('\n');
  return first;
}
