import type { Context } from 'aws-lambda';
import { type PlaceSweep, sweepPlace } from '../../shared/app/sweep-place.ts';
import { lambdaPorts } from '../../shared/aws/wiring.ts';

const ports = lambdaPorts(process.env);

/** Sweeps one place as far as the time goes. What it returns is the input of the invocation that goes on. */
export async function handler(sweep: PlaceSweep, context: Context) {
  const { cursor: _, ...same } = sweep;
  return { ...same, ...(await sweepPlace(ports, sweep, () => context.getRemainingTimeInMillis())) };
}
