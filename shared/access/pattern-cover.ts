import { classes, type Pattern, type Token, takes, withSkips } from './pattern.ts';

const withoutColon: ReadonlySet<number> = new Set([
  classes.digit,
  classes.lowerOrDigit,
  classes.nameCharacter,
  classes.unitCharacter,
  classes.writablePart,
  classes.typeCharacter,
]);

/** Whether one token takes every character that the other does. */
function absorbs(token: Token, other: Token): boolean {
  if (token.code === classes.anything) return true;
  if (other.code < 0)
    return token.code === other.code || (token.code === classes.noColon && withoutColon.has(other.code));
  return takes(token, other.code) && (other.fold === undefined || takes(token, other.fold));
}

/**
 * Whether the pattern surely holds all that another holds: a way through it that takes the other's tokens one by one.
 * It may hold all and yet have no such way.
 */
export function covers(pattern: Pattern, other: Pattern): boolean {
  let positions = withSkips(pattern, [0]);
  for (const wanted of other) {
    const next: number[] = [];
    for (const at of positions) {
      const token = pattern[at];
      if (token === undefined || !absorbs(token, wanted)) continue;
      if (token.repeated) next.push(at);
      else if (!wanted.repeated) next.push(at + 1);
    }
    if (next.length === 0) return false;
    positions = withSkips(pattern, next);
  }
  return positions.includes(pattern.length);
}
