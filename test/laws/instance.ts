import { pick } from './random.ts';

export type Resolve = (key: string, fallback: string | undefined) => string;

/** Where the policy's version knows no variables, they stay what they look like. */
export const verbatim: Resolve = (key, fallback) =>
  fallback === undefined ? `\${${key}}` : `\${${key}, '${fallback}'}`;

/** A value with its variables put in; a star stays a star. */
export function exactOf(value: string, resolve: Resolve): string {
  return value.replaceAll(
    /\$\{\s*([^},]*?)\s*(?:,\s*'([^']*)'\s*)?\}/g,
    (_, key: string, fallback?: string) => (['*', '?', '$'].includes(key) ? key : resolve(key, fallback)),
  );
}

/** A text that a pattern matches: its stars and question marks filled in, its variables by `resolve`. */
export function instanceOf(
  pattern: string,
  random: () => number,
  resolve: Resolve = (_, fallback) => fallback ?? 'who',
): string {
  return pattern
    .replaceAll(/\$\{\s*([^},]*?)\s*(?:,\s*'([^']*)'\s*)?\}/g, (_, key: string, fallback?: string) =>
      ['*', '?', '$'].includes(key) ? `\0${key}` : resolve(key, fallback),
    )
    .replaceAll(/(?<!\0)\*/g, () => pick(random, ['', 'x', 'evil', 'a-b']))
    .replaceAll(/(?<!\0)\?/g, () => pick(random, ['x', '7']))
    .replaceAll('\0', '');
}

const digits = (random: () => number) => () => String(Math.floor(random() * 10));

/** An account id that a pattern of accounts matches, where one does. */
export function accountInstance(pattern: string, random: () => number): string {
  const [head = '', ...tails] = pattern.replaceAll('?', digits(random)).split('*');
  const missing = Math.max(0, 12 - pattern.replaceAll('*', '').length);
  const filling = Array.from({ length: missing }, digits(random)).join('');
  return tails.length === 0 ? head : head + filling + tails.join('');
}

/** An ARN that a pattern of ARNs matches: its fifth part becomes an account where it holds a wildcard. */
export function arnInstance(pattern: string, random: () => number, resolve?: Resolve): string {
  const parts = pattern.split(':');
  // A star that runs over colons, which only a comparison of plain text lets it do.
  if (parts.length < 6)
    return instanceOf(pattern.replace('*', 'sns:eu-west-1:999999999999:x'), random, resolve);
  return parts
    .map((part, index) =>
      index === 4 && /[*?]/.test(part) ? accountInstance(part, random) : instanceOf(part, random, resolve),
    )
    .join(':');
}

/** The name of a service that a pattern of such names matches, as a rule. */
export function serviceInstance(pattern: string, random: () => number): string {
  const endings = ['.amazonaws.com', '.eu-west-1.amazonaws.com', '-x.amazonaws.com'] as const;
  return pattern
    .replace(/\.?\*$/, () => pick(random, endings))
    .replaceAll('*', () => pick(random, ['eu-west-1', 'logs', '']))
    .replaceAll('?', 'x');
}

/** An address inside a range, or near it. */
export function addressInstance(range: string, random: () => number): string {
  const [base = ''] = range.split('/');
  if (base.includes('*')) return base.replace('*', '9');
  if (base.includes(':')) return pick(random, ['2001:db8::1', base.endsWith('::') ? `${base}1` : base]);
  const near = base.replace(/\d+$/, (last) => String((Number(last) + Math.floor(random() * 3)) % 256));
  return pick(random, [base, near, near, '198.51.100.7', '8.8.8.8']);
}
