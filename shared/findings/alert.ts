import type { Brief } from './brief.ts';
import { digest } from './digest.ts';
import type { Cause, Severity } from './finding.ts';
import type { Transition } from './record.ts';
import { severities } from './severity.ts';

/** Transitions that wait to be told as one: those of a storm, and those below the digest's severity. */
export type Pile = 'storm' | 'digest';

/** Many transitions, told as one alert. */
export interface AlertList {
  /** Of the transitions that it holds: the same when it is made again of the same ones. */
  readonly id: string;
  readonly pile: Pile;
  /** Of a storm: what all of them come from. */
  readonly cause?: Cause;
  /** The worst of them. */
  readonly severity: Severity;
  readonly title: string;
  /** The worst first. */
  readonly findings: readonly Brief[];
}

/** What people are told: one transition, or many as one. */
export type Alert =
  | { readonly type: 'one'; readonly transition: Transition }
  | { readonly type: 'many'; readonly list: AlertList };

/** So many days it is known what was told, and looked after whether everything was. */
export const toldKeptDays = 14;

/** When people are told of a transition by itself and at once. */
export interface AlertRules {
  /** What is less severe than this waits for the digest; nothing waits without it. */
  readonly digestBelow?: Severity;
  /** So many transitions of one cause are told one by one; the others of it become a list. */
  readonly stormAfter: number;
}

const stormWindowMs = 15 * 60_000;

/**
 * What transitions of one storm share: the audit that saw them, or, for changes, who made them within a quarter of
 * an hour.
 */
export function stormKey({ cause, at }: Pick<Transition, 'cause' | 'at'>): string {
  if (cause.by === 'audit') return digest(['storm', cause.audit]);
  return digest(['storm', cause.actor.principal, Math.floor(Date.parse(at) / stormWindowMs)]);
}

/** Whether a transition waits for the digest. */
export function isForDigest({ digestBelow }: AlertRules, { finding }: Transition): boolean {
  if (digestBelow === undefined) return false;
  return severities.indexOf(finding.severity) > severities.indexOf(digestBelow);
}

/** Whether a transition closes an alert. */
export const isOver = (status: Transition['status']) => status === 'resolved' || status === 'expected';

const rank = ({ severity, status }: Brief) => severities.indexOf(severity) * 2 + (isOver(status) ? 1 : 0);

const causeWords = (cause: Cause) =>
  cause.by === 'audit' ? `audit ${cause.audit}` : `${cause.eventName} and other changes of one principal`;

function titleOf(pile: Pile, findings: readonly Brief[], cause: Cause | undefined): string {
  const open = findings.filter(({ status }) => !isOver(status)).length;
  const resolved = findings.length - open;
  const counts = [
    open > 0 && `${open} new or changed`,
    resolved > 0 && `${resolved} resolved or expected`,
  ].filter(Boolean);
  const from = cause === undefined ? '' : ` from ${causeWords(cause)}`;
  return `${pile === 'storm' ? 'Storm' : 'Digest'}: ${counts.join(', ')}${from}`;
}

/** The alert that tells these transitions as one; undefined for none. */
export function alertList(pile: Pile, briefs: readonly Brief[]): AlertList | undefined {
  const findings = briefs.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  const [worst] = findings;
  if (worst === undefined) return undefined;
  const cause = pile === 'storm' ? worst.cause : undefined;
  return {
    id: digest([pile, ...briefs.map(({ id }) => id).toSorted()]),
    pile,
    ...(cause && { cause }),
    severity: worst.severity,
    title: titleOf(pile, findings, cause),
    findings,
  };
}
