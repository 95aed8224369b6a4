import { none } from '../iam/none.ts';
import { withOne } from '../iam/with-one.ts';
import { type Goal, madeCondition } from './goal.ts';
import type { Side } from './mentions.ts';
import { organizationsOfPath } from './organization-path.ts';
import type { Admission } from './question.ts';
import { narrowerThan, type Region } from './region.ts';

/** One part of the members of organizations. */
export interface Part {
  /** As it is reported. */
  readonly label: string;
  /** The ids of its organizations: one, or a glob. */
  readonly ids: string;
  /** What their paths are. */
  readonly region: Region;
  /** The ids among its own that are parts by themselves. */
  readonly narrower: ReadonlySet<string>;
  /** What a request of theirs must meet beside what the policies ask. */
  readonly goals: () => readonly Goal[];
}

/** What a path must begin with to name an organization: the ids below it are unique within one only. */
const namesOrganization = /^o-\?*[a-z0-9]/;

/** Globs of the ids of all organizations. */
const anyId = /^(?:o-)?\*+$/;

function wholeOf(label: string, paths: readonly string[], narrower: ReadonlySet<string>, key: string): Part {
  const like = label === '*' ? '*' : pathsOf(label);
  const unlike = narrowerThan(like, paths);
  const region = { key, like, unlike };
  return { label, ids: label, region, narrower, goals: () => goalsOf(key, undefined, unlike) };
}

const pathsOf = (id: string) => `${id}/*`;

function partOf(path: string, paths: readonly string[], key: string): Part {
  const unlike = narrowerThan(path, paths);
  const ids = organizationsOfPath(path);
  const label = namesOrganization.test(path) ? path : '*';
  const region = { key, like: path, unlike };
  return { label, ids, region, narrower: noIds, goals: () => goalsOf(key, path, unlike) };
}

const noIds: ReadonlySet<string> = new Set();

function goalsOf(key: string, like: string | undefined, unlike: ReadonlySet<string>): readonly Goal[] {
  let goals: readonly Goal[] = none;
  if (like !== undefined)
    goals = withOne(goals, { condition: madeCondition(key, 'StringLike', [like]), wanted: true });
  if (unlike.size > 0)
    goals = withOne(goals, { condition: madeCondition(key, 'StringLike', [...unlike]), wanted: false });
  return goals;
}

/**
 * The organizations that a side's keys mention, any first, and their paths, the wider before the narrower. Each part
 * is without the narrower ones, which are parts of their own.
 */
export function partsOf(side: Side, pathKey: string): readonly Part[] {
  const ids = [...side.organizations.keys()].filter((id) => !anyId.test(id));
  const paths = [...side.paths.keys()];
  const wholes = ids.map((id) => wholeOf(id, paths, narrowerThan(id, ids), pathKey));
  const parts = paths.map((path) => partOf(path, paths, pathKey));
  return [
    wholeOf('*', paths, noIds, pathKey),
    ...wholes.sort((a, b) => b.narrower.size - a.narrower.size),
    ...parts.sort((a, b) => b.region.unlike.size - a.region.unlike.size),
  ];
}

/** Of any organization, if that gets in; else of each part that is in none that got in before. */
export function widest(
  parts: readonly Part[],
  tryPart: (part: Part) => Admission | undefined,
): readonly Admission[] {
  const found: Admission[] = [];
  const covered = new Set<string>();
  for (const part of parts) {
    const { like, unlike } = part.region;
    const admission = covered.has(like) ? undefined : tryPart(part);
    if (admission === undefined) continue;
    if (part.label === '*') return [admission];
    for (const path of unlike) covered.add(path);
    for (const id of part.narrower) covered.add(pathsOf(id));
    found.push(admission);
  }
  return found;
}
