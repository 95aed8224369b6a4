import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { startAnew } from './stack.ts';

const dayMs = 86_400_000;

/** A day from now on, as trust.yml writes it. */
export const dayAhead = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

const file = process.env.E2E_CLOCK ?? '';

/** Sets the clock of the stack's functions ahead (harness/clock.cjs). Never back: a look from before counts for nothing. */
async function setAhead(ms: number): Promise<void> {
  writeFileSync(file, `${ms}`);
  await startAnew();
}

/** Lets so many days pass for the functions of the stack. */
export const letDaysPass = (days: number) => setAhead(days * dayMs);

/** Changes of the organization are followed together, when the window of this length is over that they fell into. */
const windowMs = 5 * 60_000;

/** Lets time pass for the functions of the stack, until so many seconds before a window's end. */
export function letWindowPass(secondsBeforeItsEnd: number): Promise<void> {
  const aheadMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const leftMs = windowMs - ((Date.now() + aheadMs) % windowMs);
  return setAhead(aheadMs + leftMs + windowMs - secondsBeforeItsEnd * 1000);
}
