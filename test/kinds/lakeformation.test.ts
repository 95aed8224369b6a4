import { expect, test } from 'vitest';
import { lakeformationPermissions as kind } from '../../shared/kinds/lakeformation-permissions.ts';
import { collect } from '../../shared/kinds/pages.ts';
import { placeOf, readingOf, replaying } from './recorded.ts';

test.each([
  [
    'eu-central-1',
    'denied',
    'to an audit role that does not administer the data lake, which lists less than there is',
  ],
  ['us-east-1', 'absent', 'where nobody administers a data lake, and one call says so'],
])('Lake Formation in %s is %s: %s', async (region, reading) => {
  const place = placeOf(kind, region);
  const { open, asked } = replaying('lakeformation-permissions', place);
  const connection = await kind.connect(open, place);
  const [item] = await collect(kind.list(connection, place));
  if (item === undefined) throw new Error('not listed');
  expect(await readingOf(kind, connection, item, place)).toBe(reading);
  expect(asked.length).toBe(reading === 'absent' ? 1 : 2);
});
