import { isSamePolicy } from '../findings/former-texts.ts';
import type { Transition } from '../findings/record.ts';
import { type DiffRow, policyDiffs, type ShownRow, shownRows } from './policy-diff.ts';
import { visible } from './visible.ts';

/** What became of one policy, as lines: `-` what went, `+` what came. */
export interface PolicyDiffText {
  readonly name: string;
  readonly lines: readonly string[];
}

const numbered = (mark: string, line: DiffRow['before']) =>
  line === undefined ? [] : [`${String(line.number).padStart(4)} ${mark} ${visible(line.text, 160)}`];

function linesOf(rows: readonly ShownRow[]): readonly string[] {
  const lines: string[] = [];
  let come: readonly string[] = [];
  for (const row of rows) {
    if (!('hidden' in row) && !row.isSame) {
      lines.push(...numbered('-', row.before));
      come = [...come, ...numbered('+', row.after)];
      continue;
    }
    lines.push(...come, ...('hidden' in row ? ['     …'] : numbered(' ', row.after)));
    come = [];
  }
  return [...lines, ...come];
}

/**
 * What a transition changed in the policies of its resource; nothing where the policy before is not known or the
 * same. Untrusted text, made visible.
 * @param most rows of one policy at most
 * @param isWhole with what surrounds the changes, or the changed lines alone
 */
export function policyDiffText(
  { policies }: Pick<Transition, 'policies'>,
  most: number,
  isWhole: boolean,
): readonly PolicyDiffText[] {
  const { before, after } = policies ?? {};
  if (before === undefined || after === undefined || isSamePolicy({ before, after })) return [];
  return policyDiffs({ before, after }, []).map(({ name, rows }) => {
    const told = isWhole ? rows : rows.filter(({ isSame }) => !isSame);
    return { name, lines: linesOf(shownRows(told, () => false, most)) };
  });
}
