import type { AlertList } from './alert.ts';
import type { Brief } from './brief.ts';
import { type Message, maxBodyBytes, subjectLine } from './message.ts';
import { severities } from './severity.ts';

/** The name and version of the form of a list. */
export const listSchema = 'trustwatch.findings/1';

/** So many a message names at most; the others are counted. */
const mostNamed = 200;

/** SNS filters take 150 values at most in all; a set that is larger says nothing. */
const mostValues = 100;

function countBy<T extends string>(
  findings: readonly Brief[],
  of: (brief: Brief) => T,
): Partial<Record<T, number>> {
  const counts: Partial<Record<T, number>> = {};
  for (const brief of findings) counts[of(brief)] = (counts[of(brief)] ?? 0) + 1;
  return counts;
}

function bodyOf({ id, pile, cause, severity, title, findings }: AlertList, named: number): string {
  const bySeverity = countBy(findings, (brief) => brief.severity);
  return JSON.stringify({
    schema: listSchema,
    id,
    reason: pile,
    severity,
    title,
    total: findings.length,
    bySeverity: Object.fromEntries(severities.map((each) => [each, bySeverity[each] ?? 0])),
    byStatus: countBy(findings, ({ status }) => status),
    ...(cause && { cause }),
    findings: findings.slice(0, named),
    left: Math.max(0, findings.length - named),
  });
}

/** The body with as many findings as a message has room for, the worst first. */
function fittingBody(list: AlertList): string {
  for (let named = mostNamed; named > 0; named = Math.floor(named / 2)) {
    const body = bodyOf(list, named);
    if (Buffer.byteLength(body) <= maxBodyBytes) return body;
  }
  return bodyOf(list, 0);
}

const attributeNames = [
  'status',
  'severity',
  'type',
  'kind',
  'account',
  'region',
  'outsiderType',
  'boundary',
] as const;

const valuesOf = (findings: readonly Brief[], name: (typeof attributeNames)[number]) =>
  [...new Set(findings.flatMap((brief) => brief[name] ?? []))].toSorted().slice(0, mostValues);

/**
 * The message of many findings as one. Its attributes are lists of all the values within, so that a filter policy
 * that selects one of the findings selects the list.
 */
export function listMessage(list: AlertList): Message {
  const { findings } = list;
  const lists = attributeNames
    .map((name) => [name, valuesOf(findings, name)] as const)
    .filter(([, values]) => values.length > 0);
  const sources = [...new Set(findings.map(({ cause }) => cause.by))].toSorted();
  return {
    subject: subjectLine(`[${list.severity}] ${list.title}`),
    body: fittingBody(list),
    attributes: { ...Object.fromEntries(lists), source: sources },
  };
}
