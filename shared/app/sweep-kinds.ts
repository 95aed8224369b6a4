import pLimit from 'p-limit';
import type { Kind } from '../kinds/kind.ts';
import type { Ports } from './ports.ts';
import type { TellProgress } from './progress.ts';
import { type KindSweep, reserveMs, sweepKind } from './sweep-kind.ts';
import { timeLimit } from './time-limit.ts';

/** Kinds of one service that are read at a time in one place: each service throttles, and is slow, by itself. */
const kindsPerService = 2;

/** So long before its end an invocation stops waiting for what has not answered. */
const closingMs = 15_000;

const serviceOf = ({ id }: Kind) => id.slice(0, id.indexOf(':'));

/**
 * Sweeps these kinds, all services side by side, so that a slow one holds no other. Kinds that are `left` when the
 * time runs short have no coverage but the time that they took, and go on in the next invocation where they stopped.
 * What is left because its service did not answer may still settle a look: one like any other, for the store orders
 * them by their time.
 */
export async function sweepKinds(
  ports: Pick<Ports, 'store' | 'clock'>,
  kinds: readonly Kind[],
  sweep: Omit<KindSweep, 'kind'>,
  remainingMs: () => number,
  tell: TellProgress,
) {
  const { within, cancel } = timeLimit(remainingMs, closingMs);
  const read = async (kind: Kind) => {
    if (remainingMs() < reserveMs) return { kind, durationMs: 0 };
    const startedMs = ports.clock.now().getTime();
    const counted = await within(() => sweepKind(ports, { ...sweep, kind }, remainingMs));
    const durationMs = ports.clock.now().getTime() - startedMs;
    if (counted === 'out-of-time') return { kind, durationMs };
    const coverage = { ...counted, durationMs };
    tell({ type: 'kind-swept', place: sweep.place, coverage });
    return { kind, durationMs, coverage };
  };
  const services = [...new Set(kinds.map(serviceOf))];
  const ofService = (service: string) => kinds.filter((kind) => serviceOf(kind) === service);
  try {
    const results = await Promise.all(
      services.map((service) => pLimit(kindsPerService).map(ofService(service), read)),
    );
    return {
      read: results.flat().flatMap(({ coverage }) => coverage ?? []),
      left: results
        .flat()
        .flatMap(({ kind, durationMs, coverage }) => (coverage === undefined ? { kind, durationMs } : [])),
    };
  } finally {
    cancel();
  }
}
