import { expect, test } from 'vitest';
import { loadVendors } from '../../shared/config/vendor-file.ts';

test('a public register is read with what it has besides, and without what is no account', () => {
  const text = `
- name: Northwind
  source: ['https://northwind.example/docs']
  type: vendor
  accounts: ['012345678901', 222222222222, unknown]
- name: Globex
  accounts: []
`;
  expect(loadVendors(text, 'accounts.yaml')).toEqual([
    { name: 'Northwind', accounts: ['012345678901', '222222222222'] },
    { name: 'Globex', accounts: [] },
  ]);
});

test.each(['', 'name: x', '- name: x'])('what is no register is refused: %j', (text) => {
  expect(() => loadVendors(text, 'accounts.yaml')).toThrow(
    'accounts.yaml: not a register of vendors; give a list of `name` and `accounts`',
  );
});
