import { describe, expect, test } from 'vitest';
import { namesBy, templateOf } from '../../shared/access/template.ts';

const isKnown = (word: string) => word === '444455556666';
const template = (one: string, other: string) => templateOf(one, other, isKnown);

test('what two texts have in common is a template, which tells the names of a third', () => {
  const text = (account: string, name: string) =>
    `{"AWS":["arn:aws:iam::${account}:role/${name}","${account}"],"aws:PrincipalTag/team":"${name}/x"}`;
  const made = template(text('222233334444', 'web-team'), text('333344445555', 'sre-team'));
  expect(made?.names).toEqual(['222233334444', 'web-team']);
  if (made === undefined) return;
  const namesOf = (account: string, name: string) => namesBy(made, text(account, name), isKnown);
  expect(namesOf('777788889999', 'dba-team')).toEqual(['777788889999', 'dba-team']);
  expect(namesOf('444455556666', 'dba-team')).toBeUndefined();
  expect(namesBy(made, text('777788889999', 'dba-team').replace('role', 'user'), isKnown)).toBeUndefined();
  expect(namesBy(made, text('777788889999', 'dba-team').replace('dba', 'dbb'), isKnown)).toBeUndefined();
});

const many = (letter: string) =>
  Array.from('abcdefghijklm', (each) => `"arn:aws:iam::1:role/${letter}xyz${each}${each}"`).join();

describe('there is no template where two texts differ in', () => {
  test.each([
    ['more than words', '{"a":"xyzxyz/"}', '{"a":"xyzxyz:"}'],
    ['where words end', '{"a":"xyz-xyz"}', '{"a":"xyz/xyz"}'],
    ['short words', '{"a":"abcde"}', '{"a":"bcdea"}'],
    ['numbers', '{"a":"1e3456"}', '{"a":"1e3457"}'],
    ['numbers of other lengths than accounts', '{"a":"12345678901"}', '{"a":"12345678902"}'],
    ['days', '{"a":"2026-01-01"}', '{"a":"2026-01-02"}'],
    ['ids of organizations', '{"a":"o-abc1234567/"}', '{"a":"o-bcd1234567/"}'],
    ['ids of networks', '{"a":"vpce-0abc"}', '{"a":"vpce-0abd"}'],
    ['regions', '{"a":"eu-west-1"}', '{"a":"ap-east-1"}'],
    ['the case of letters', '{"a":"wxyzwx"}', '{"a":"WXYZWX"}'],
    ['letters of hexadecimal numbers and others', '{"a":"abcdef"}', '{"a":"uvwxyz"}'],
    ['where words are joined', '{"a":"wx-yzwx"}', '{"a":"wxy-zwx"}'],
    ['a digit at the beginning', '{"a":"1wxyzw"}', '{"a":"wxyzwx"}'],
    ['words of our own', '{"a":"arn:aws:iam::1:oidc-provider/"}', '{"a":"arn:aws:iam::1:saml-provider/"}'],
    ['a known word', '{"a":"222233334444"}', '{"a":"444455556666"}'],
    ['the service of an ARN', '{"a":"arn:aws:xyzxyz:eu-west-1:1:x"}', '{"a":"arn:aws:yzxyzx:eu-west-1:1:x"}'],
    ['a part of a host', '{"a":"https://xyzxyz.example.com"}', '{"a":"https://yzxyzx.example.com"}'],
    ['a service', '{"a":"xyzxyz:x/y"}', '{"a":"yzxyzx:x/y"}'],
    ['an action', '{"a":"sts:XyzxyzRole"}', '{"a":"sts:YzxyzxRole"}'],
    ['a key', '{"sts:Xyzxyz-x":"a"}', '{"sts:Yzxyzx-x":"a"}'],
    ['an operator', '{ "Xyzxyz" : {}}', '{ "Yzxyzx" : {}}'],
    ['what stands before a wildcard', '{"a":"x/xyzxyz*"}', '{"a":"x/yzxyzx*"}'],
    ['what stands behind a wildcard', '{"a":"x/?xyzxyz"}', '{"a":"x/?yzxyzx"}'],
    ['what stands in a variable', '{"a":"x/${x/xyzxyz}"}', '{"a":"x/${x/yzxyzx}"}'],
    ['what stands before a variable', '{"a":"x/xyzxyz${x}"}', '{"a":"x/yzxyzx${x}"}'],
    ['what is no string', '{"a": 222233334444}', '{"a": 333344445555}'],
    [
      'what is compared as a number',
      '{"NumericEquals":{"a":"222233334444"}}',
      '{"NumericEquals":{"a":"333344445555"}}',
    ],
    ['what is compared as a time', '{"dateEquals":{"a":"xyzxyz"}}', '{"dateEquals":{"a":"yzxyzx"}}'],
    ['words beside an escape', '{"a":"\\nxyzxyz"}', '{"a":"\\nyzxyzx"}'],
    ['words in a text that is encoded', '%7B"a":"x/xyzxyz"%7D', '%7B"a":"x/yzxyzx"%7D'],
    ['words beside letters of other alphabets', '{"a":"éxyzxyz"}', '{"a":"éyzxyzx"}'],
    ['words beside the prototype', '{"__proto__":"xyzxyz"}', '{"__proto__":"yzxyzx"}'],
    ['one word for two', '{"a":"x/xyzxyz/xyzxyz"}', '{"a":"x/yzxyzx/zyxzyx"}'],
    ['two words for one', '{"a":"x/yzxyzx/zyxzyx"}', '{"a":"x/xyzxyz/xyzxyz"}'],
    ['a word that stands elsewhere', '{"a":"x/xyzxyz","b":"yzxyzx"}', '{"a":"x/yzxyzx","b":"yzxyzx"}'],
    ['a word that a glob may match', '{"a":"x/xyzxyz","b":"xyz*"}', '{"a":"x/yzxyzx","b":"xyz*"}'],
    ['a word that is in another', '{"a":"x/xyzxyz/xyzxyz-x"}', '{"a":"x/yzxyzx/zyxzyx-x"}'],
    ['too many names', `{"a":[${many('x')}]}`, `{"a":[${many('y')}]}`],
  ])('%s', (_, one, other) => {
    expect(template(one, other)).toBeUndefined();
    expect(template(other, one)).toBeUndefined();
  });
});
