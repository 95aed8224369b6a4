import { writeFileSync } from 'node:fs';
import { startAnew } from './stack.ts';

const dayMs = 86_400_000;

/** A day from now on, as trust.yml writes it. */
export const dayAhead = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

/** Lets so many days pass for the functions of the stack (harness/clock.cjs). */
export async function letDaysPass(days: number): Promise<void> {
  writeFileSync(process.env.E2E_CLOCK ?? '', `${days * dayMs}`);
  await startAnew();
}
