/** One line of a policy that is laid out. */
export interface PolicyLine {
  readonly text: string;
  /** The number of the statement that the line is of. */
  readonly statement?: number;
}

const token = /"(?:[^"\\]|\\[\s\S])*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

const deepest = 30;

/** Services give some policies URL-encoded. */
function decoded(text: string): string {
  try {
    return text.startsWith('%7B') ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

const isOpening = (mark: string | undefined) => mark === '{' || mark === '[';
const isClosing = (mark: string | undefined) => mark === '}' || mark === ']';

/** Counts the statements as the tokens of a policy go by. */
function statementCounter() {
  let depth = 0;
  let key = '';
  let inside: number | undefined;
  return {
    /** The statement that the next token is of. */
    number(mark: string): number | undefined {
      const ends = inside !== undefined && isClosing(mark) && depth === 2;
      return ends ? undefined : inside;
    },
    pass(mark: string) {
      if (depth === 1 && mark.startsWith('"')) key = mark;
      const opens = isOpening(mark);
      // Statements stand in a list, or one stands by itself.
      if (opens && depth === 1 && key === '"Statement"') inside = 0;
      if (mark === ',' && depth === 2 && inside !== undefined) inside += 1;
      if (opens) depth += 1;
      if (isClosing(mark)) depth -= 1;
      if (depth < 2) inside = undefined;
    },
  };
}

const breaksBefore = (mark: string, previous: string | undefined) => isClosing(mark) && !isOpening(previous);

const breaksAfter = (mark: string, next: string | undefined) =>
  mark === ',' || (isOpening(mark) && !isClosing(next));

/**
 * A policy with a line for each of its parts, and nothing of its text left out or taken for something else: it is not
 * parsed, so that also one that is no JSON is shown as it is. Untrusted text.
 */
export function layOut(policy: string): readonly PolicyLine[] {
  const marks = decoded(policy).match(token) ?? [];
  const lines: PolicyLine[] = [];
  const statements = statementCounter();
  let depth = 0;
  let line: { text: string; statement?: number } = { text: '' };
  const end = () => {
    if (line.text.trim() !== '') lines.push(line);
    line = { text: ' '.repeat(2 * Math.min(Math.max(depth, 0), deepest)) };
  };
  for (const [index, mark] of marks.entries()) {
    if (isClosing(mark)) depth -= 1;
    if (breaksBefore(mark, marks[index - 1])) end();
    const statement = statements.number(mark);
    if (statement !== undefined) line.statement ??= statement;
    statements.pass(mark);
    line.text += mark === ':' ? ': ' : mark;
    if (isOpening(mark)) depth += 1;
    if (breaksAfter(mark, marks[index + 1])) end();
  }
  end();
  return lines;
}
