import { isNode, LineCounter, parseDocument } from 'yaml';
import { visible } from './visible.ts';

/** Statements of a policy as its author wrote them, with the numbers of their lines: `  12 |   "Sid": "Partner",`. */
export type StatementLines = (statement: number) => readonly string[];

const mostLines = 40;

/** JSON is YAML: its parser knows where each value stands. */
export function statementLines(policy: string): StatementLines {
  const counter = new LineCounter();
  const document = parseDocument(policy, { lineCounter: counter, logLevel: 'silent', uniqueKeys: false });
  const lines = policy.split('\n');
  return (statement) => {
    const node = document.getIn(['Statement', statement], true) ?? document.getIn(['Statement'], true);
    if (!isNode(node) || !node.range) return [];
    const first = counter.linePos(node.range[0]).line;
    const last = counter.linePos(node.range[1]).line;
    return lines
      .slice(first - 1, Math.min(last, first - 1 + mostLines))
      .map((line, index) => `${String(first + index).padStart(4)} | ${visible(line, 160)}`);
  };
}
