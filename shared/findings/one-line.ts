/** Control characters, line separators, and the marks that turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unseemly = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Untrusted text as one line of at most `max` characters: what could break out of the line is replaced. */
export function oneLine(text: string, max: number): string {
  const line = text.slice(0, max + 1).replace(unseemly, '\ufffd');
  return line.length > max ? `${line.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
