import { expect, test } from 'vitest';
import { controlsOf } from '../../shared/app/controls.ts';

const policies = ['r-ab12', 'ou-ab12-11111111', '111122223333'].map((target) => ({
  name: target,
  text: '{}',
  targets: [target],
}));
const accounts = [
  { id: '000000000001', paths: ['o-abc1234567/r-ab12/000000000001/'] },
  { id: '111122223333', paths: ['o-abc1234567/r-ab12/ou-ab12-11111111/ou-ab12-22222222/111122223333/'] },
  { id: '222233334444', paths: ['o-abc1234567/r-ab12/ou-ab12-33333333/222233334444/'] },
  { id: '333344445555', paths: [] },
];

test.each([
  [
    'an account is governed by its own, its units and the root',
    '111122223333',
    ['r-ab12', 'ou-ab12-11111111', '111122223333'],
  ],
  ['an account of another unit by the root alone', '222233334444', ['r-ab12']],
  ['an account whose path is not known by the root alone', '333344445555', ['r-ab12']],
  ['the management account by none', '000000000001', []],
  ['an account that is not of the organization by none', '999999999999', []],
])('%s', (_, owner, names) => {
  const governing = controlsOf(policies, accounts, '000000000001')(owner);
  expect(governing.map(({ name }) => name)).toEqual(names);
});
