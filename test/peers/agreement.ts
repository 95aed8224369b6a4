import { type PeerCase, peerCases } from './corpus.ts';
import { verdictsOn } from './notions.ts';

/** Where our answer is another than the peer's. */
interface Departure {
  readonly case: string;
  readonly field: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Of what the peer expects of an object, only what it names counts. */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (typeof ours !== 'object' || Array.isArray(ours) || typeof theirs !== 'object' || theirs === null)
    return JSON.stringify(ours) === JSON.stringify(theirs);
  const said = ours as Record<string, unknown>;
  return Object.entries(theirs).every(([key, value]) => JSON.stringify(said[key]) === JSON.stringify(value));
}

function departuresOf(given: PeerCase): { compared: number; departures: readonly Departure[] } {
  const verdicts = verdictsOn(given);
  if (verdicts.judged === false)
    return {
      compared: 1,
      departures: [
        { case: given.id, field: 'judged', ours: 'no policy', theirs: JSON.stringify(given.expected) },
      ],
    };
  const departures = Object.entries(verdicts)
    .filter(([field, ours]) => !isSame(ours, given.expected[field]))
    .map(([field, ours]) => ({
      case: given.id,
      field,
      ours: JSON.stringify(ours),
      theirs: JSON.stringify(given.expected[field]),
    }));
  return { compared: Object.keys(verdicts).length, departures };
}

export interface Agreement {
  readonly departures: readonly Departure[];
  /** By project: how much was compared, and how much of it agrees. */
  readonly projects: ReadonlyMap<string, { readonly compared: number; readonly agreed: number }>;
}

/** Every case of the corpus, judged by us and by its project. */
export function agreement(): Agreement {
  const departures: Departure[] = [];
  const projects = new Map<string, { compared: number; agreed: number }>();
  for (const given of peerCases()) {
    const found = departuresOf(given);
    const sum = projects.get(given.source.repo) ?? { compared: 0, agreed: 0 };
    projects.set(given.source.repo, {
      compared: sum.compared + found.compared,
      agreed: sum.agreed + found.compared - found.departures.length,
    });
    departures.push(...found.departures);
  }
  return { departures, projects };
}
