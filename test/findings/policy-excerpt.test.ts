import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyExcerpts } from '../../shared/findings/policy-excerpt.ts';

const text = (name: string, body: string) => ({ name, text: body });

test('what is not long is told whole', () => {
  const texts = { before: [text('policy', 'a')], after: [text('policy', 'b'), text('acl', 'c')] };
  expect(policyExcerpts(texts, [])).toEqual(texts);
  expect(policyExcerpts({}, [])).toBeUndefined();
  expect(policyExcerpts({ before: [] }, [])).toEqual({ before: [] });
});

test('of a text that is too long the part is told that changed', () => {
  fc.assert(
    fc.property(fc.nat(90_000), (place) => {
      const before = 'x'.repeat(100_000);
      const after = `${before.slice(0, place)}CHANGED${before.slice(place)}`;
      const told = policyExcerpts({ before: [text('p', before)], after: [text('p', after)] }, []);
      for (const [excerpt] of [told?.before ?? [], told?.after ?? []])
        expect([excerpt?.text.length, excerpt?.cut]).toEqual([20_480, true]);
      expect(told?.after?.[0]?.text).toContain('CHANGED');
    }),
  );
});

test('of very many policies those that changed come first, then those that let in', () => {
  const many = Array.from({ length: 50 }, (_, index) => text(`policy ${index}`, 'same'));
  const after = many.map((each) => (each.name === 'policy 40' ? text('policy 40', 'other') : each));
  const told = policyExcerpts({ before: many, after }, ['policy 45']);
  const names = ['policy 0', 'policy 1', 'policy 2', 'policy 40', 'policy 45'];
  expect(told?.after?.map(({ name }) => name)).toEqual(names);
  expect(told?.before?.map(({ name }) => name)).toEqual(names);
});
