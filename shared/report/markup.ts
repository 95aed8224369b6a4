import { visible } from './visible.ts';

/** A piece of HTML that is safe to put into a page: made by `html` alone. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) =>
  visible(text, 20_000).replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? '');

const piece = (value: Value): string => {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
};

/** A template whose values are escaped, for text and for quoted attributes, unless `html` made them. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: String.raw({ raw: strings }, ...values.map(piece)) };
}

export const nothing: Markup = { markup: '' };
