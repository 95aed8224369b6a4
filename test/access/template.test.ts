import { describe, expect, test } from 'vitest';
import { namesBy, piecesOf, templateOf } from '../../shared/access/template.ts';

const isKnown = (word: string) => word === '444455556666';
const template = (one: string, other: string) => templateOf(one, other, isKnown);

test('what two texts have in common is a template, which tells the names of a third', () => {
  const text = (account: string, name: string) =>
    `{"AWS":["arn:aws:iam::${account}:role/${name}","${account}"],"sts:ExternalId":"${name}"}`;
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

const globs = Array.from({ length: 40 }, (_, i) => `"g${i}*"`).join();

test('the words next to a wildcard or a variable are found in no more time than the text is long', () => {
  expect(piecesOf('A*b/c?d ${e}f g$ h')).toEqual(['a', 'b', 'c', 'd', 'f', 'g']);
  expect(piecesOf('x'.repeat(400_000))).toEqual([]);
});

describe('there is no template where two texts differ in', () => {
  test.each([
    ['more than words', '{"a":"xyzxyz/"}', '{"a":"xyzxyz:"}'],
    ['where words end', '{"a":"xyz-xyz"}', '{"a":"xyz/xyz"}'],
    ['short words', '{"a":"x/abcde"}', '{"a":"x/bcdea"}'],
    ['numbers', '{"a":"x/1e3456"}', '{"a":"x/1e3457"}'],
    ['numbers of other lengths than accounts', '{"a":"x/12345678901"}', '{"a":"x/12345678902"}'],
    ['days', '{"a":"x/2026-01-01"}', '{"a":"x/2026-01-02"}'],
    ['ids of organizations', '{"a":"x/o-abc1234567/"}', '{"a":"x/o-bcd1234567/"}'],
    ['ids of networks', '{"a":"x/vpce-0abc"}', '{"a":"x/vpce-0abd"}'],
    ['regions', '{"a":"x/eu-west-1"}', '{"a":"x/ap-east-1"}'],
    ['the case of letters', '{"a":"x/wxyzwx"}', '{"a":"x/WXYZWX"}'],
    ['letters of hexadecimal numbers and others', '{"a":"x/abcdef"}', '{"a":"x/uvwxyz"}'],
    ['where words are joined', '{"a":"x/wx-yzwx"}', '{"a":"x/wxy-zwx"}'],
    ['a digit at the beginning', '{"a":"x/1wxyzw"}', '{"a":"x/wxyzwx"}'],
    ['words of our own', '{"a":"arn:aws:iam::1:oidc-provider/"}', '{"a":"arn:aws:iam::1:saml-provider/"}'],
    ['a known word', '{"a":"x/222233334444"}', '{"a":"x/444455556666"}'],
    ['the service of an ARN', '{"a":"arn:aws:xyzxyz:eu-west-1:1:x"}', '{"a":"arn:aws:yzxyzx:eu-west-1:1:x"}'],
    ['a part of a host', '{"a":"https://xyzxyz.example.com"}', '{"a":"https://yzxyzx.example.com"}'],
    ['the end of a host', '{"a":"example.xyzxyz"}', '{"a":"example.yzxyzx"}'],
    ['a service', '{"a":"xyzxyz:x/y"}', '{"a":"yzxyzx:x/y"}'],
    ['an action', '{"a":"sts:XyzxyzRole"}', '{"a":"sts:YzxyzxRole"}'],
    ['a key', '{"sts:Xyzxyz-x":"a"}', '{"sts:Yzxyzx-x":"a"}'],
    ['an operator', '{ "Xyzxyz" : {}}', '{ "Yzxyzx" : {}}'],
    ['what stands before a wildcard', '{"a":"x/xyzxyz*"}', '{"a":"x/yzxyzx*"}'],
    ['what stands behind a wildcard', '{"a":"x/?xyzxyz"}', '{"a":"x/?yzxyzx"}'],
    ['what stands in a variable', '{"a":"x/${x/xyzxyz}"}', '{"a":"x/${x/yzxyzx}"}'],
    ['what stands before a variable', '{"a":"x/xyzxyz${x}"}', '{"a":"x/yzxyzx${x}"}'],
    [
      'the session of a role',
      '{"a":"arn:aws:sts::1:assumed-role/xyzxyz"}',
      '{"a":"arn:aws:sts::1:assumed-role/yzxyzx"}',
    ],
    [
      'a provider that AWS may have made',
      '{"a":"arn:aws:iam::1:saml-provider/xyzxyz"}',
      '{"a":"arn:aws:iam::1:saml-provider/yzxyzx"}',
    ],
    ['the type of a resource', '{"a":"arn:aws:lex:r:1:xyzxyz/x"}', '{"a":"arn:aws:lex:r:1:yzxyzx/x"}'],
    ['the account of an ARN that is none', '{"a":"arn:aws:iam::xyzxyz:x"}', '{"a":"arn:aws:iam::yzxyzx:x"}'],
    ['a value by itself', '{"a":"xyzxyz"}', '{"a":"yzxyzx"}'],
    ['a part between colons', '{"a":"x:x:xyzxyz:x"}', '{"a":"x:x:yzxyzx:x"}'],
    ['a tag', '{"aws:RequestTag/xyzxyz":"a"}', '{"aws:RequestTag/yzxyzx":"a"}'],
    ['what is no string', '{"a": 222233334444}', '{"a": 333344445555}'],
    [
      'what is compared as a number',
      '{"NumericEquals":{"a":"222233334444"}}',
      '{"NumericEquals":{"a":"333344445555"}}',
    ],
    ['what is compared as a time', '{"dateEquals":{"a":"xyzxyz"}}', '{"dateEquals":{"a":"yzxyzx"}}'],
    ['the beginning of an id', '{"aws:userid":"xyzxyz"}', '{"aws:userid":"yzxyzx"}'],
    ['words beside an escape', '{"a":"\\nxyzxyz"}', '{"a":"\\nyzxyzx"}'],
    ['words in a text that is encoded', '%7B"a":"x/xyzxyz"%7D', '%7B"a":"x/yzxyzx"%7D'],
    ['words beside letters of other alphabets', '{"a":"éxyzxyz"}', '{"a":"éyzxyzx"}'],
    ['words beside the prototype', '{"__proto__":"xyzxyz"}', '{"__proto__":"yzxyzx"}'],
    ['one word for two', '{"a":"x/xyzxyz/xyzxyz"}', '{"a":"x/yzxyzx/zyxzyx"}'],
    ['two words for one', '{"a":"x/yzxyzx/zyxzyx"}', '{"a":"x/xyzxyz/xyzxyz"}'],
    ['a word that stands elsewhere', '{"a":"x/xyzxyz","b":"yzxyzx"}', '{"a":"x/yzxyzx","b":"yzxyzx"}'],
    ['a word that a glob may match', '{"a":"x/xyzxyz","b":"xyz*"}', '{"a":"x/yzxyzx","b":"xyz*"}'],
    ['a word that is in another', '{"a":"x/xyzxyz/xyzxyz-x"}', '{"a":"x/yzxyzx/zyxzyx-x"}'],
    ['names beside too many globs', `{"a":"x/xyzxyz",${globs}}`, `{"a":"x/yzxyzx",${globs}}`],
    ['too many names', `{"a":[${many('x')}]}`, `{"a":[${many('y')}]}`],
  ])('%s', (_, one, other) => {
    expect(template(one, other)).toBeUndefined();
    expect(template(other, one)).toBeUndefined();
  });
});

describe('where names stand there is none', () => {
  test.each([
    ['with a wildcard in it', 'work*er', 'workxer', 'workyer'],
    ['that tells what an ARN is of', 'bot-alias', 'bot-alibs', 'bot-alics'],
    ['that ends a condition key of AWS', 'EndpointType', 'EndpointTape', 'EndpointTybe'],
    ['with the end of a string in it', 'work"er', 'workxer', 'workyer'],
    ['of two words', 'work/er', 'workxer', 'workyer'],
    ['that is the id of a principal, however short', 'AROAXY', 'BROAXY', 'CROAXY'],
    ['that AWS gives to roles', 'AWSServiceRoleForX', 'BWSServiceRoleForX', 'CWSServiceRoleForX'],
    ['that AWS gives to providers', 'AWSSSO_ab12_DO_NOT', 'AWSTSO_ab12_DO_NOT', 'AWSUSO_ab12_DO_NOT'],
    ['that ends with the sort of a provider', 'my-provider', 'my-prowider', 'my-proxider'],
    ['that holds the beginning of an id', 'my-vpc-xyz', 'my-wpc-xyz', 'my-xpc-xyz'],
    ['that ends as the id of a unit', 'you-ab12-12345678', 'yow-ab12-12345678', 'yox-ab12-12345678'],
    ['that holds the beginning of the id of a root', 'x_r-ab12', 'x_s-ab12', 'x_t-ab12'],
    ['that begins as an id in capitals', 'O-XYZXYZ', 'P-XYZXYZ', 'Q-XYZXYZ'],
    ['that certificates give to tags', 'x509Subject', 'y509Subject', 'z509Subject'],
    ['that ends with a part of a subject', 'myenvironment', 'myenvironmemt', 'myenvironmelt'],
    ['that goes on where an issuer ends', '33e01921-4d64-xy', '34e01921-4d64-xy', '35e01921-4d64-xy'],
    ['that the search puts in the place of wildcards', 'oooooo', 'ooooxo', 'ooooyo'],
    ['of an account that nobody has', '927461835042', '222233334444', '333344445555'],
    ['of the next account that nobody has', '927462835045', '222233334444', '333344445555'],
  ])('%s', (_, name, one, other) => {
    const text = (word: string) => `{"a":"arn:aws:iam::1:role/${word}/x"}`;
    const made = template(text(one), text(other));
    expect(made).toBeDefined();
    expect(made && namesBy(made, text(name), isKnown)).toBeUndefined();
  });
});
