/** Columns that a text takes at most: a letter beyond the Latin, Greek and Cyrillic ones may take two. */
const columnsOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2), 0);

/** The front of a word that fits into `room`, and the rest. */
function split(word: string, room: number): readonly [string, string] {
  const letters = [...word];
  let fitting = letters.length;
  while (fitting > 1 && columnsOf(letters.slice(0, fitting).join('')) > room) fitting -= 1;
  return [letters.slice(0, fitting).join(''), letters.slice(fitting).join('')];
}

/** Breaks a text at spaces into lines of at most `room` columns; a longer word is broken where it must. */
export function wrap(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > room) {
      lines.push(line);
      line = '';
    }
    while (columnsOf(word) > room) {
      const [front, rest] = split(word, room);
      lines.push(front);
      word = rest;
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
