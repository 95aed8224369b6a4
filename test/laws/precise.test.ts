import { falseWitness } from './judge.ts';
import { holds, objection } from './law.ts';
import { draft } from './policies.ts';
import { inputOf } from './rendering.ts';

holds('precise: every witness is a request from outside that gets in', 5500, draft, (given) =>
  objection(falseWitness(inputOf(given))),
);
