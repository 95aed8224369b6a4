import { writeFileSync } from 'node:fs';
import { inject, test } from 'vitest';
import { subscribe } from '../e2e/inbox.ts';
import { strangers } from '../e2e/plants.ts';
import { putChange } from '../e2e/stack.ts';
import { changeTrust } from '../e2e/trust-change.ts';

const { payments, data } = inject('world').accounts;
const rounds = 50;

test('from an event on the bus to the message in a subscribed queue', { timeout: 240_000 }, async () => {
  const inbox = await subscribe('latency');
  const allMs: number[] = [];
  // The first round starts the functions and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const principal = round % 2 === 0 ? strangers.AWS : `arn:aws:iam::${data}:root`;
    const change = await changeTrust(payments, 'neighbours', principal);
    // Somebody else each time: many changes of one principal would be told as one list.
    const userIdentity = { type: 'IAMUser', arn: `arn:aws:iam::${payments}:user/writer-${round}` };
    const start = performance.now();
    await putChange({ ...change, userIdentity });
    await inbox.next();
    if (round > 0) allMs.push(performance.now() - start);
  }
  writeFileSync(process.env.BENCH_OUT ?? '', JSON.stringify(allMs));
});
