/** Control characters, marks that turn the direction of text, and lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const everyInvisible = new RegExp(invisible, 'gu');

/**
 * Untrusted text on one line: what a terminal would obey or a reader would not see becomes `\u{1b}`, and what
 * is longer than `bound` characters is cut with a `…`.
 */
export function visible(text: string, bound = 2000): string {
  if (text.length <= bound && !invisible.test(text)) return text;
  const characters = [...text.slice(0, 2 * bound + 2)];
  const shown = characters.slice(0, bound).join('');
  const cut = characters.length > bound ? '…' : '';
  return shown.replaceAll(everyInvisible, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`) + cut;
}
