import { Document, isCollection, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { ExpectedGrant } from '../findings/expectation.ts';

/** A list or map of so many characters stands on one line, as a person would write it. */
const shortEnough = 90;

const layout = { lineWidth: 0, flowCollectionPadding: false } as const;

/** The entry as an item of a list: `- outsider: …`. The failsafe schema reads each value as text again. */
export function entryText(entry: ExpectedGrant): string {
  const { outsider, kind, resource, actions, resources, conditions, ...whose } = entry;
  const width = { outsider, kind, resource, actions, ...(resources && { resources }) };
  const value = { ...width, ...(conditions.length > 0 && { conditions }), ...whose };
  const document = new Document([value], { schema: 'failsafe' });
  visit(document, {
    Collection(_, node, path) {
      const isPart = path.length > 3;
      if (isPart && JSON.stringify(node).length <= shortEnough) node.flow = true;
    },
  });
  return document.toString(layout);
}

const indented = (text: string, columns: number) => text.replaceAll(/^(?=.)/gm, ' '.repeat(columns));

/** Where the line behind an offset begins; a file may end without a line break. */
function nextLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function inserted(text: string, at: number, lines: string): string {
  const before = text.slice(0, at);
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${gap}${lines}${text.slice(at)}`;
}

/** Where the last line ends that is of the document: a line `...` may stand behind it. */
const endOf = (text: string) => text.match(/^\.\.\.\s*$/m)?.index ?? text.length;

/** Where the key of a list ends that is there, and empty. */
function emptyListAt({ contents }: Document.Parsed): number | undefined {
  if (!isMap(contents) || contents.flow) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'expected');
  const isEmpty = isScalar(pair?.value) && pair.value.source === '';
  return isEmpty && isNode(pair?.key) ? pair.key.range?.[1] : undefined;
}

/**
 * trust.yml with one more entry at the end of `expected`. All else stays as it is, to the letter; only a list that
 * is written on one line is laid out anew.
 * @param text the file as it is, without a mistake; empty when there is none
 */
export function addExpectation(text: string, entry: ExpectedGrant): string {
  const unix = text.replaceAll('\r\n', '\n');
  const isDos = unix !== text && !/[^\r]\n/.test(text);
  return isDos ? withEntry(unix, entry).replaceAll('\n', '\r\n') : withEntry(text, entry);
}

function withEntry(text: string, entry: ExpectedGrant): string {
  const item = entryText(entry);
  const document = parseDocument(text, { schema: 'failsafe' });
  const known = document.get('expected', true);
  if (known === undefined && !(isCollection(document.contents) && document.contents.flow))
    return inserted(text, endOf(text), `${text.trim() === '' ? '' : '\n'}expected:\n${indented(item, 2)}`);
  const empty = emptyListAt(document);
  if (empty !== undefined) return inserted(text, nextLine(text, empty), indented(item, 2));
  const last = isSeq(known) && !known.flow ? known.items.at(-1) : undefined;
  if (isNode(last) && last.range && isNode(known) && known.range) {
    const columns = known.range[0] - (text.lastIndexOf('\n', known.range[0] - 1) + 1);
    return inserted(text, nextLine(text, last.range[1]), indented(item, columns));
  }
  const [added] = (parseDocument(item, { schema: 'failsafe' }).contents as unknown as { items: unknown[] })
    .items;
  const list = isSeq(known) ? known : document.createNode([]);
  list.flow = false;
  list.items.push(added as never);
  document.set('expected', list);
  if (isMap(document.contents)) document.contents.flow = false;
  return document.toString(layout);
}
