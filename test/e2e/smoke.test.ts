import { expect, inject, test } from 'vitest';

test('deployed', () => {
  expect(Object.keys(inject('world').accounts)).toHaveLength(4);
  console.log(inject('world'), inject('stack'));
});
