import { expect, test } from 'vitest';
import { iamRole } from '../../shared/kinds/iam-role.ts';
import { placeOf, replaying } from './recorded.ts';

test.each([
  ['service/ci', true],
  ['plain', false],
])('whether role/%s administers its account is read to the last page: %s', async (name, administers) => {
  const place = placeOf(iamRole);
  const connection = await iamRole.connect(replaying('iam-role', place).open, place);
  const item = { arn: `arn:aws:iam::111122223333:role/${name}` };
  expect(await iamRole.administers?.(connection, item)).toBe(administers);
});
