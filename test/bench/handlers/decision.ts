import { measureDecision } from '../decision.ts';

// Run by test/bench/bundled.ts.
console.log(JSON.stringify(measureDecision()));
