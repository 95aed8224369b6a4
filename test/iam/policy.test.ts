import { expect, test } from 'vitest';
import { parsePolicy } from '../../shared/iam/policy.ts';

const statement = '{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}';
const policy = (inner: string) => `{"Version":"2012-10-17","Statement":${inner}}`;

test.each([
  ['{"Version":', 'is no JSON'],
  ['[]', 'is no JSON object'],
  ['{"Version":"2010-01-01","Statement":[]}', 'unknown Version'],
  ['{"Version":"2012-10-17"}', 'has no Statement'],
  [policy('[1]'), 'statement 0 is no object'],
  [policy(`[${statement},{"Effect":"allow"}]`), 'statement 1 has no Effect'],
  [policy('{"Effect":"Allow","Action":"s3:*"}'), 'statement 0 has no Principal'],
  [policy('{"Effect":"Allow","Principal":"*"}'), 'statement 0 has no Action'],
  [
    policy('{"Effect":"Allow","Principal":"*","Action":"a:b","NotAction":"a:c"}'),
    'has both Action and NotAction',
  ],
  [policy('{"Effect":"Allow","Principal":{"Who":"x"},"Action":"a:b"}'), 'unknown type `Who`'],
  [policy('{"Effect":"Allow","Principal":"*","Action":7}'), 'Action that is neither text'],
  [
    policy('{"Effect":"Allow","Principal":"*","Action":"a:b","Condition":{"Bool":{"k":{}}}}'),
    'whose value is no text',
  ],
  [
    policy('{"Effect":"Allow","Principal":"*","Action":"a:b","Condition":{"Bool":"true"}}'),
    '`Bool` is no object',
  ],
  ['%7B%zz', 'neither JSON nor URL-encoded'],
])('%s says what is wrong and where', (text, reason) => {
  const parsed = parsePolicy('policy', text);
  expect(parsed.state === 'malformed' && parsed.reason).toContain(reason);
});

test('a key that stands twice in one object is found, with its line', () => {
  const twice = policy(`[${statement.replace('}', ',\n"Action" :"s3:PutObject"}')}]`);
  expect(parsePolicy('policy', twice)).toMatchObject({
    state: 'malformed',
    reason: expect.stringContaining('`Action` twice'),
  });
  expect(parsePolicy('policy', twice)).toMatchObject({ reason: expect.stringContaining('line 2') });
});

test('a colon behind an escaped quote is no key', () => {
  const text = policy(`[${statement.replace('"Effect"', '"Sid":"a\\":b","Effect"')}]`);
  expect(parsePolicy('policy', text).state).toBe('parsed');
});

test('one statement or a list, one value or a list, JSON or URL-encoded JSON: the same statements', () => {
  const once = parsePolicy('policy', policy(statement));
  expect(parsePolicy('policy', policy(`[${statement}]`))).toEqual(once);
  expect(parsePolicy('policy', policy(statement.replace('"s3:GetObject"', '["s3:GetObject"]')))).toEqual(
    once,
  );
  expect(parsePolicy('policy', encodeURIComponent(policy(statement)))).toEqual(once);
});

test('sizes beyond what AWS takes are refused', () => {
  expect(parsePolicy('policy', policy(`"${'x'.repeat(200_000)}"`)).state).toBe('malformed');
});

test('a text that comes again says the same, under the name that it comes by', () => {
  const text = policy('{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}');
  const names = ['one', 'one', 'one', 'other', 'one'];
  for (const name of names)
    expect(parsePolicy(name, text)).toMatchObject({ statements: [{ policy: name, control: false }] });
  expect(parsePolicy('one', text, true)).toMatchObject({ statements: [{ policy: 'one', control: true }] });
  expect(parsePolicy('one', text)).toMatchObject({ statements: [{ policy: 'one', control: false }] });
});
