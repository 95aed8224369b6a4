import { diffArrays } from 'diff';
import type { PolicyChange } from '../findings/former-texts.ts';
import type { PolicyText } from '../findings/record.ts';
import { layOut, type PolicyLine } from './policy-layout.ts';

/** A line of a policy with its number, from 1. */
export interface NumberedLine extends PolicyLine {
  readonly number: number;
}

/** One line before and after: a side that has no such line is left out. */
export interface DiffRow {
  readonly isSame: boolean;
  readonly before?: NumberedLine;
  readonly after?: NumberedLine;
}

/** Rows that are shown, and how many are not between them. */
export type ShownRow = DiffRow | { readonly hidden: number };

/** What became of one of a resource's policies. */
export interface PolicyDiff {
  readonly name: string;
  readonly rows: readonly DiffRow[];
}

/** Two texts that differ by more lines than these are shown as two different texts: the search takes its square. */
const mostEdits = 500;

/** A comma at the end is no change: the last part of a list has none. */
const comparator = (a: NumberedLine, b: NumberedLine) =>
  a.text.replace(/,$/, '') === b.text.replace(/,$/, '');

const numbered = (text: string | undefined): NumberedLine[] =>
  text === undefined ? [] : layOut(text).map((line, index) => ({ ...line, number: index + 1 }));

/** Lines that went beside those that came. */
function replaced(gone: readonly NumberedLine[], come: readonly NumberedLine[]): readonly DiffRow[] {
  const rows = Math.max(gone.length, come.length);
  return Array.from({ length: rows }, (_, index) => {
    const [before, after] = [gone[index], come[index]];
    return { isSame: false, ...(before && { before }), ...(after && { after }) };
  });
}

function compareTexts(before: string | undefined, after: string | undefined): readonly DiffRow[] {
  const [old, now] = [numbered(before), numbered(after)];
  const parts = diffArrays(old, now, { comparator, maxEditLength: mostEdits });
  if (parts === undefined) return replaced(old, now);
  const rows: DiffRow[] = [];
  let gone: readonly NumberedLine[] = [];
  let [oldIndex, nowIndex] = [0, 0];
  for (const { added, removed, count } of parts) {
    if (removed) {
      gone = old.slice(oldIndex, oldIndex + count);
      oldIndex += count;
      continue;
    }
    const come = now.slice(nowIndex, nowIndex + count);
    nowIndex += count;
    if (added) rows.push(...replaced(gone, come));
    else {
      rows.push(...replaced(gone, []));
      for (const after of come) rows.push({ isSame: true, before: old[oldIndex++] as NumberedLine, after });
    }
    gone = [];
  }
  return [...rows, ...replaced(gone, [])];
}

/**
 * The policies before and after, line by line; those that did not change, and are not among `telling`, are left out.
 * Without a before that is known, the policies as they are.
 */
export function policyDiffs(
  { before, after }: PolicyChange,
  telling: readonly string[],
): readonly PolicyDiff[] {
  const byName = (texts: readonly PolicyText[]) => new Map(texts.map(({ name, text }) => [name, text]));
  const [old, now] = [byName(before ?? after), byName(after)];
  const names = [...new Set([...now.keys(), ...old.keys()])];
  return names
    .filter((name) => old.get(name) !== now.get(name) || telling.includes(name))
    .map((name) => ({ name, rows: compareTexts(old.get(name), now.get(name)) }));
}

/** Rows around a change that are shown with it. */
const context = 2;

/**
 * The rows that are worth showing: the statements that changed, other changes with what surrounds them, and the
 * statements that `isTold`; at most so many.
 */
export function shownRows(
  rows: readonly DiffRow[],
  isTold: (line: NumberedLine) => boolean,
  most: number,
): readonly ShownRow[] {
  const changed = rows.filter(({ isSame }) => !isSame);
  const touched = new Set(changed.flatMap(({ after }) => after?.statement ?? []));
  const isShown = ({ after }: DiffRow) =>
    after !== undefined && (isTold(after) || (after.statement !== undefined && touched.has(after.statement)));
  const shown = new Set(rows.flatMap((row, index) => (isShown(row) ? [index] : [])));
  for (const [index, { isSame }] of rows.entries())
    if (!isSame) for (let near = index - context; near <= index + context; near++) shown.add(near);
  const all: ShownRow[] = [];
  let [hidden, left] = [0, most];
  for (const [index, row] of rows.entries()) {
    if (!shown.has(index) || left <= 0) {
      hidden += 1;
      continue;
    }
    if (hidden > 0) all.push({ hidden });
    [hidden, left] = [0, left - 1];
    all.push(row);
  }
  return hidden > 0 ? [...all, { hidden }] : all;
}
