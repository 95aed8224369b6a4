import { type Parts, textOf } from './template.ts';

/** A value with places for names in its texts and keys. */
export type Form =
  | { readonly is: 'same'; readonly value: unknown }
  | { readonly is: 'text'; readonly parts: Parts }
  | { readonly is: 'list'; readonly items: readonly Form[] }
  | { readonly is: 'record'; readonly entries: readonly (readonly [Form, Form])[] };

function partsOf(text: string, names: readonly string[]): Parts {
  const parts: (string | number)[] = [];
  let between = '';
  for (const word of text.split(/([\w-]+)/)) {
    const name = names.indexOf(word);
    if (name === -1) {
      between += word;
      continue;
    }
    parts.push(between, name);
    between = '';
  }
  return [...parts, between];
}

const isSame = ({ is }: Form) => is === 'same';

/** The form of what is made of texts, lists and records; what holds no name is taken as it is. */
export function formOf(value: unknown, names: readonly string[]): Form {
  const same: Form = { is: 'same', value };
  if (typeof value === 'string') {
    const parts = partsOf(value, names);
    return parts.length > 1 ? { is: 'text', parts } : same;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => formOf(item, names));
    return items.every(isSame) ? same : { is: 'list', items };
  }
  if (typeof value !== 'object' || value === null) return same;
  const entries = Object.entries(value).map(
    ([key, held]) => [formOf(key, names), formOf(held, names)] as const,
  );
  return entries.flat().every(isSame) ? same : { is: 'record', entries };
}

/** The value of a form, with these names in it. */
export function filled(form: Form, names: readonly string[]): unknown {
  if (form.is === 'same') return form.value;
  if (form.is === 'text') return textOf(form.parts, names);
  if (form.is === 'list') return form.items.map((item) => filled(item, names));
  const record: Record<string, unknown> = {};
  for (let i = 0; i < form.entries.length; i += 1) {
    const [key, held] = form.entries[i] as readonly [Form, Form];
    record[filled(key, names) as string] = filled(held, names);
  }
  return record;
}
