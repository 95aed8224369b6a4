import { expect, test } from 'vitest';
import type { Outsider } from '../../shared/access/grant.ts';
import { isNothing } from '../../shared/findings/difference.ts';
import type { SubjectRecord } from '../../shared/findings/record.ts';
import { settle } from '../../shared/findings/settle.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { takesIn } from '../../shared/findings/wider-outsider.ts';
import { bucket, grant, presentLook } from './samples.ts';

const account: Outsider = { type: 'account', account: '222222222222' };
const principal: Outsider = { ...account, principal: 'arn:aws:iam::222222222222:role/ci' };
const pattern: Outsider = { type: 'account-pattern', pattern: '2222*' };
const github = { type: 'federated', provider: 'token.actions.githubusercontent.com' } as const;
const service = { type: 'service', service: 'sns.amazonaws.com' } as const;

test.each<[Outsider, Outsider]>([
  [{ type: 'anyone' }, { type: 'any-account' }],
  [{ type: 'anyone' }, { type: 'canonical-user', id: 'a1' }],
  [{ type: 'any-account' }, account],
  [pattern, { type: 'account-pattern', pattern: '22223*' }],
  [pattern, account],
  [
    { type: 'organization', organization: '*' },
    { type: 'organization', organization: 'o-other00001' },
  ],
  [
    { type: 'organization', organization: 'o-other00001' },
    { type: 'organization', organization: 'o-other00001/r-ab12/*' },
  ],
  [
    { type: 'organization', organization: 'o-other00001/r-ab12/*' },
    { type: 'organization', organization: 'o-other00001/r-ab12/ou-ab12-11111111/' },
  ],
  [
    { type: 'organization', organization: 'o-other*' },
    { type: 'organization', organization: 'o-other00001/r-ab12/*' },
  ],
  [
    { ...service, source: '2222*' },
    { ...service, source: '222222222222' },
  ],
  [
    { ...service, source: 'o-other00001' },
    { ...service, source: 'o-other00001/r-ab12/*' },
  ],
  [account, principal],
  [
    { ...service, service: '*', source: 'any' },
    { ...service, source: '222222222222' },
  ],
  [
    { ...github, subject: 'any' },
    { ...github, subject: 'repo:acme/*' },
  ],
  [
    { ...github, subject: 'repo:acme/*' },
    { ...github, subject: 'repo:acme/site:ref:refs/heads/main' },
  ],
])('%j takes in %j, and not the other way round', (wide, narrow) => {
  expect(takesIn(wide, narrow)).toBe(true);
  expect(takesIn(narrow, wide)).toBe(false);
});

test.each<[Outsider, Outsider]>([
  [account, { type: 'account', account: '333333333333' }],
  [principal, { ...account, principal: 'arn:aws:iam::222222222222:role/cd' }],
  [{ type: 'any-account' }, { type: 'canonical-user', id: 'a1' }],
  [{ type: 'anyone' }, { ...github, subject: 'any' }],
  [
    { ...github, subject: 'repo:acme/*' },
    { ...github, provider: 'gitlab.com', subject: 'repo:acme/x' },
  ],
  [
    { ...service, source: '222222222222' },
    { ...service, source: '333333333333' },
  ],
])('neither of %j and %j takes in the other', (one, other) => {
  expect([takesIn(one, other), takesIn(other, one)]).toEqual([false, false]);
});

function told(before: Outsider, after: Outsider) {
  const former = settle(undefined, presentLook(bucket, 1, [grant({ outsider: before })])) as SubjectRecord;
  const current = settle(former, presentLook(bucket, 2, [grant({ outsider: after })])) as SubjectRecord;
  return transitions(former, current);
}

test('who is let in more narrowly than before can do nothing new; who is let in more widely can', () => {
  const [narrowed] = told(account, principal);
  expect(narrowed).toMatchObject({ status: 'new', before: { grant: { outsider: account } } });
  expect(narrowed?.newlyPossible && isNothing(narrowed.newlyPossible)).toBe(true);
  const [widened] = told(principal, account);
  expect(widened?.status).toBe('new');
  expect(widened).not.toHaveProperty('newlyPossible');
});
