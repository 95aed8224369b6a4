import { serviceOfKind } from '../iam/action-catalog.ts';
import { isAccountId } from '../iam/arn.ts';
import { cut } from '../iam/cut.ts';
import { lossOf, withNumbersAsWritten } from '../iam/json-loss.ts';
import { decide } from './decide.ts';
import type { BlockPublicAccess, Decision, DecisionInput, PolicyText } from './decision.ts';
import type { Grant, Note, StatementReference } from './grant.ts';
import { type Fields, isAbsent, isObject, refuseSlips, textField } from './line-fields.ts';
import { zoneOf } from './line-zone.ts';

/** What one line of the check contract gives (DESIGN.md §6). */
export interface CheckedLine {
  readonly output: {
    readonly id?: unknown;
    readonly grants: readonly object[];
    readonly notes: readonly object[];
    readonly error?: string;
  };
  /** Whether the line could not be judged. */
  readonly failed: boolean;
}

function policyText(name: string, value: unknown): readonly PolicyText[] {
  return isAbsent(value) ? [] : [{ name, text: typeof value === 'string' ? value : JSON.stringify(value) }];
}

const indexes = (statements: readonly StatementReference[]) => statements.map(({ index }) => index);

const shownGrant = ({ statements, denies, ...grant }: Grant) => ({
  ...grant,
  statements: indexes(statements),
});
/** The name of the policy where it is not the resource's own. */
const shownNote = ({ statement: { policy, index }, ...note }: Note) => ({
  ...note,
  statement: index,
  ...(policy === 'policy' ? {} : { policy }),
});

const settings = [
  'blockPublicAcls',
  'ignorePublicAcls',
  'blockPublicPolicy',
  'restrictPublicBuckets',
] as const;

function blockOf(value: unknown): BlockPublicAccess | undefined {
  if (isAbsent(value)) return undefined;
  if (!isObject(value)) throw new TypeError('`blockPublicAccess` must be an object');
  refuseSlips(value, settings, 'blockPublicAccess');
  const isOn = (name: (typeof settings)[number]) => {
    const setting = value[name] ?? false;
    if (typeof setting !== 'boolean')
      throw new TypeError(`\`blockPublicAccess.${name}\` must be true or false`);
    return setting;
  };
  return {
    blockPublicAcls: isOn('blockPublicAcls'),
    ignorePublicAcls: isOn('ignorePublicAcls'),
    blockPublicPolicy: isOn('blockPublicPolicy'),
    restrictPublicBuckets: isOn('restrictPublicBuckets'),
  };
}

/** A kind's id. One that is a known one but for letter case and spaces is a slip, and no kind of its own. */
function kindOf(line: Fields): string {
  const kind = textField(line, 'kind');
  const meant = kind.trim().toLowerCase();
  if (kind !== meant && serviceOfKind(meant) !== undefined)
    throw new TypeError(`\`kind\` must be written \`${meant}\``);
  return kind;
}

function inputOf(line: Fields): DecisionInput {
  const controls = line.resourceControlPolicies ?? [];
  if (!Array.isArray(controls)) throw new TypeError('`resourceControlPolicies` must be a list');
  const owner = textField(line, 'owner');
  if (!isAccountId(owner)) throw new TypeError('`owner` must be an account id of twelve digits');
  const blockPublicAccess = blockOf(line.blockPublicAccess);
  if (line.policy === undefined)
    throw new TypeError('`policy` is missing; write null where the resource has none');
  return {
    resource: { kind: kindOf(line), arn: textField(line, 'resource'), owner },
    policies: policyText('policy', line.policy),
    resourceControlPolicies: controls.flatMap((policy, i) =>
      policyText(`resource control policy ${i}`, policy),
    ),
    ...(blockPublicAccess === undefined ? {} : { blockPublicAccess }),
    zone: zoneOf(line.zone),
  };
}

/** The grants and notes in the form of the check contract. */
export const shownDecision = ({ grants, notes }: Extract<Decision, { state: 'judged' }>) => ({
  grants: grants.map(shownGrant),
  notes: notes.map(shownNote),
});

/** The line with each number as its text, where numbers could be lost. Throws a TypeError for a key that stands twice. */
function asWritten(text: string, line: Fields): Fields {
  const loss = lossOf(text, line);
  if (typeof loss === 'object')
    throw new TypeError(`the line has the key \`${loss.key}\` twice in one object`);
  return loss === 'numbers' ? JSON.parse(withNumbersAsWritten(text)) : line;
}

/**
 * What a line asks.
 * @param line what JSON.parse made of the text
 * @throws TypeError that says which field is wrong
 */
export const askedBy = (text: string, line: Fields): DecisionInput => inputOf(asWritten(text, line));

/** A number for which JavaScript has none is its text. */
const faithful = (id: unknown, written: () => unknown): unknown =>
  typeof id === 'number' && !Number.isSafeInteger(id) ? written() : id;

const idOf = (text: string, line: Fields): unknown =>
  faithful(line.id, () => (JSON.parse(withNumbersAsWritten(text)) as Fields).id);

function judgeLine(text: string, line: Fields): CheckedLine {
  const decision = decide(askedBy(text, line));
  const id = idOf(text, line);
  if (decision.state === 'unjudged') {
    return {
      output: { id, grants: [], notes: [], error: `${decision.policy} ${decision.reason}` },
      failed: true,
    };
  }
  return { output: { id, ...shownDecision(decision) }, failed: false };
}

const word = /"(?:[^"\\]|\\.)*"|-?\d+|[{}[\]:,]/gs;

/** The text of the id in a line that is no JSON: of the line itself, not of an object within. */
function writtenId(text: string): string | undefined {
  let depth = 0;
  let last = '';
  let key = '';
  for (const [one] of text.matchAll(word)) {
    if (depth === 1 && key === '"id"' && last === ':') return one;
    if (one === '{' || one === '[') depth += 1;
    else if (one === '}' || one === ']') depth -= 1;
    key = last;
    last = one;
  }
  return undefined;
}

const maxId = 200;

/** The id of a line that is no JSON, where one can be read off it. */
function idIn(text: string): unknown {
  const written = writtenId(text);
  if (written === undefined || written.length > maxId) return undefined;
  try {
    return faithful(JSON.parse(written), () => written);
  } catch {
    return undefined;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function unjudged(id: unknown, error: unknown): CheckedLine {
  const reason = error instanceof RangeError ? 'the line is nested too deeply' : messageOf(error);
  return {
    output: { ...(isAbsent(id) ? {} : { id }), grants: [], notes: [], error: reason },
    failed: true,
  };
}

/** Far above what a policy, its controls and the accounts of a large organization take. */
export const maxLineLength = 2 ** 24;

function judgeText(text: string): CheckedLine {
  if (text.length > maxLineLength)
    return unjudged(idIn(text.slice(0, 4096)), `the line has more than ${maxLineLength} characters`);
  if (text.trim() === '') return unjudged(undefined, 'the line is empty; write one JSON object a line');
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? cut(error.message, 120) : '';
    return unjudged(idIn(text), `the line is no JSON (${detail}); write one JSON object a line`);
  }
  if (!isObject(line)) return unjudged(undefined, 'the line is no JSON object');
  try {
    return judgeLine(text, line);
  } catch (error) {
    return unjudged(idOf(text, line), error);
  }
}

const notUtf8 = new TypeError('the line is no UTF-8; write it in that encoding');

/** The id of a line of which some bytes are lost, where it has lost none. */
function wholeId(text: string): unknown {
  const id = idIn(text);
  return typeof id === 'string' && id.includes('\uFFFD') ? undefined : id;
}

/** A text without the mark that some editors put before the first line of a file. */
export const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

/**
 * One line of JSON judged. What is wrong with the line stands in `error`, its id kept; the next line is not touched.
 * @param number the line's place in its file, from 1, by which an error speaks of a line that tells no id
 * @param isUtf8 whether the line's bytes are what its text says; U+FFFD stands for those that are not
 */
export function checkLine(text: string, number: number, isUtf8 = true): CheckedLine {
  const { output, failed } = isUtf8 ? judgeText(withoutMark(text)) : unjudged(wholeId(text), notUtf8);
  if (!failed || output.id !== undefined) return { output, failed };
  return { output: { ...output, error: `line ${number}: ${output.error}` }, failed };
}
