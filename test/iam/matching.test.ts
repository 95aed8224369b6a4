// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like templates
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddressRange } from '../../shared/iam/address-range.ts';
import { arnMatches } from '../../shared/iam/arn-pattern.ts';
import { escapeGlob, globMatches, sampleOf } from '../../shared/iam/glob.ts';
import { fillVariables } from '../../shared/iam/variable.ts';

const glob = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '*', '?'), maxLength: 12 });

test('a glob matches what a regular expression of the same meaning matches', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/'), maxLength: 12 });
  fc.assert(
    fc.property(glob, text, (pattern, given) => {
      const meaning = new RegExp(`^${pattern.replaceAll('?', '.').replaceAll('*', '.*')}$`, 's');
      return globMatches(pattern, given) === meaning.test(given);
    }),
  );
});

test('a glob matches its own samples', () => {
  fc.assert(
    fc.property(glob, fc.constantFrom('', 'x', 'outsider'), (pattern, run) =>
      globMatches(pattern, sampleOf(pattern, run)),
    ),
  );
});

test('an escaped text matches itself alone, stars and all', () => {
  fc.assert(
    fc.property(glob, glob, (text, other) => {
      expect(globMatches(escapeGlob(text), text)).toBe(true);
      expect(globMatches(escapeGlob(text), other)).toBe(text === other);
    }),
  );
});

test('a star of an ARN pattern stops at the first five colons, and runs on behind them', () => {
  expect(arnMatches('arn:aws:sns:*:111122223333:*', 'arn:aws:sns:eu-west-1:111122223333:a:b')).toBe(true);
  expect(
    arnMatches('arn:aws:sns:*:111122223333:*', 'arn:aws:sns:eu-west-1:999999999999:x:111122223333:y'),
  ).toBe(false);
  expect(arnMatches('arn:aws:sns:eu-west-1:111122223333', 'arn:aws:sns:eu-west-1:111122223333:a')).toBe(
    false,
  );
});

test.each([
  ['203.0.113.7', 4, '203.0.113.7', '203.0.113.7'],
  ['203.0.113.200/24', 4, '203.0.113.0', '203.0.113.255'],
  ['2001:db8::/127', 6, '2001:db8:0:0:0:0:0:0', '2001:db8::1'],
  ['::ffff:192.0.2.1', 6, '::ffff:c000:201', '::ffff:c000:201'],
])('%s is a range of addresses', (text, family, first, last) => {
  expect(parseAddressRange(text)).toEqual({
    family,
    first: parseAddressRange(first)?.first,
    last: parseAddressRange(last)?.first,
  });
});

test.each(['', '256.0.0.1', '1.2.3', '1.2.3.4/33', '::1::', '12345::', '2001:db8::/129', 'vpce-1a'])(
  '`%s` is no address',
  (text) => {
    expect(parseAddressRange(text)).toBeUndefined();
  },
);

test('a variable is filled, falls back to its default, or makes its text match nothing', () => {
  const lookUp = (key: string) => ({ 'aws:username': 'kim*' })[key];
  expect(fillVariables('home/${aws:username}/*', lookUp)).toBe(`home/${escapeGlob('kim*')}/*`);
  expect(fillVariables("${aws:PrincipalTag/team, 'none'}", lookUp)).toBe('none');
  expect(fillVariables('${aws:PrincipalTag/team}', lookUp)).toBeUndefined();
  expect(fillVariables('${*}', lookUp)).toBe(escapeGlob('*'));
});
