/** Control characters, marks that turn or hide text, line separators, and halves of characters. */
const unseemly = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Untrusted text as one line of at most `max` characters: what could break out of the line is replaced. */
export function oneLine(text: string, max: number): string {
  const line = text.slice(0, max + 1).replace(unseemly, '\ufffd');
  return line.length > max ? `${line.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
