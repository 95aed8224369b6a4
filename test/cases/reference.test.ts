import { describe, expect, test } from 'vitest';
import type { Outsider } from '../../shared/access/grant.ts';
import { includes } from '../laws/coverage.ts';
import { randomFrom } from '../laws/random.ts';
import { requestsFor } from '../laws/requests.ts';
import { allows } from '../spec/evaluate.ts';
import { isOutside } from '../spec/outside.ts';
import { questionOf } from '../spec/question.ts';
import type { Request } from '../spec/request.ts';
import { caseFiles, casesIn } from './case.ts';

/** Enough that nearly every case's way in is found, with a fixed seed; where not, ten times as many are. */
const count = 240;

describe.each(caseFiles)('%s', (file) => {
  test.each(casesIn(file))('the reference lets in nobody else: $name', ({ input, outsiders }) => {
    const { zone, resource } = input;
    const question = questionOf(input);
    const random = randomFrom(1);
    const enteringAmong = (drawn: number) =>
      requestsFor(input, random, drawn).filter(
        (one) => isOutside(one.principal, one.context, zone, resource) && allows(question, one),
      );
    const includedBy = (outsider: Outsider) => (request: Request) =>
      includes(outsider, request.principal, request.context);
    const first = enteringAmong(count);
    const isFound = outsiders.every((outsider) => first.some(includedBy(outsider)));
    const entered = isFound ? first : [...first, ...enteringAmong(10 * count)];
    expect(
      entered.find((request) => !outsiders.some((outsider) => includedBy(outsider)(request))),
    ).toBeUndefined();
    expect(outsiders.filter((outsider) => !entered.some(includedBy(outsider)))).toEqual([]);
  });
});
