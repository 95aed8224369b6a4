import { gather } from '../iam/gather.ts';
import { classes, globPattern, many, one, type Pattern, shape, textPattern } from './pattern.ts';
import type { Question } from './question.ts';
import { findWord } from './word-search.ts';

const label = [one(classes.unitCharacter), many(classes.unitCharacter)];
const labels = (count: number): Pattern =>
  gather(Array.from({ length: count }), (_, i) => (i === 0 ? label : shape('.', ...label)));

/** What the names of services look like: the usual ones, those of nearly all, and those of all. */
const nameShapes: readonly (readonly Pattern[])[] = [
  [shape(...label, '.amazonaws.com'), shape(...label, '.us-east-1.amazonaws.com')],
  [1, 2, 3].map((count) => shape(...labels(count), '.amazonaws.com')),
  [2, 3, 4, 5].map(labels),
];

/** So many globs are told apart. */
const maxGlobs = 40;

/**
 * Names of services that the policies' globs match, each glob by itself: outside the other globs and not mentioned, where
 * there is such a name, for these may be what a Deny is about; and any.
 */
export function servicesLike({ mentions, budget }: Question): readonly string[] {
  const globs = [...mentions.serviceGlobs].slice(0, maxGlobs).map((glob) => globPattern(glob));
  const mentioned = [...mentions.services].slice(0, maxGlobs).map(textPattern);
  const names = gather(globs, (glob) =>
    gather(nameShapes, (shapes) =>
      gather([[...mentioned, ...globs.filter((other) => other !== glob)], []], (unwanted) => {
        const word = findWord([shapes, [glob]], unwanted, budget);
        return word.state === 'found' ? [word.text] : [];
      }),
    ),
  );
  return [...new Set(names)];
}
