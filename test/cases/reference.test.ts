import { describe, expect, test } from 'vitest';
import { includes } from '../laws/coverage.ts';
import { randomFrom } from '../laws/random.ts';
import { requestsFor } from '../laws/requests.ts';
import { allows } from '../spec/evaluate.ts';
import { isOutside } from '../spec/outside.ts';
import { questionOf } from '../spec/question.ts';
import { caseFiles, casesIn } from './case.ts';

/** Enough that every case's way in is found, with a fixed seed. */
const count = 240;

describe.each(caseFiles)('%s', (file) => {
  test.each(casesIn(file))('the reference lets in nobody else: $name', ({ input, outsiders }) => {
    const { zone, resource } = input;
    const question = questionOf(input);
    const entered = requestsFor(input, randomFrom(1), count).filter(
      (request) => isOutside(request.principal, request.context, zone, resource) && allows(question, request),
    );
    const includedBy = (outsider: (typeof outsiders)[number]) => (request: (typeof entered)[number]) =>
      includes(outsider, request.principal, request.context);
    expect(
      entered.find((request) => !outsiders.some((outsider) => includedBy(outsider)(request))),
    ).toBeUndefined();
    expect(outsiders.filter((outsider) => !entered.some(includedBy(outsider)))).toEqual([]);
  });
});
