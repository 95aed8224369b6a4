import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadTrust } from '../../shared/config/trust.ts';
import { InputError } from '../../shared/errors.ts';

const example = readFileSync('trust.example.yml', 'utf8').split('\n');

/** Lines that a hurried person, a merge or an attacker might leave in the file. */
const line = fc.oneof(
  fc.constantFrom(...example),
  fc.constantFrom(
    '  accounts: 3',
    '- &a [*a, *a]',
    '<<: *x',
    '<<<<<<< HEAD',
    '{',
    '[',
    ': :',
    '? a',
    '!!binary x',
    '__proto__: {a: b}',
    'constructor:',
    '    - account: 0x1F',
    '---',
    '%YAML 9.9',
    '\t- x',
    '"',
    "'",
    '    - toString: 1',
    '  accounts: {accounts: []}',
    '    - - -',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

test('whatever stands in trust.yml, it is read or refused with places', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.nat(example.length), (lines, at) => {
      const text = [...example.slice(0, at), ...lines].join('\n');
      try {
        loadTrust(text, 'trust.yml', new Date('2027-01-01'));
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        for (const message of (error as Error).message.split('\n'))
          expect(message).toMatch(/^trust\.yml(:\d+:\d+)?: \S.*; \S/);
      }
    }),
    { numRuns: 500 },
  );
});
