import type { AuditReport } from '../findings/audit-report.ts';
import type { SkippedAccount } from '../findings/coverage.ts';
import { severities } from '../findings/severity.ts';
import { staleText } from './expectation-text.ts';
import { type Summary, summary } from './summary.ts';
import { unreadText } from './unread-text.ts';
import { visible } from './visible.ts';

const plural = (count: number, noun: string) =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

const mostNamed = 3;

/** Accounts that were not swept, by reason: a few by name, many by number. */
function skippedText(skipped: readonly SkippedAccount[]): string {
  const reasons = [...new Set(skipped.map(({ why }) => why))];
  const parts = reasons.map((reason) => {
    const accounts = skipped.filter(({ why }) => why === reason);
    const named = accounts.map(({ account, name }) => `${account} ${visible(name, 60)}`).join(', ');
    const which = accounts.length > mostNamed ? plural(accounts.length, 'account') : named;
    return `${which} (${visible(reason, 100)})`;
  });
  return parts.join(', ');
}

/** Entries of trust.yml that can be taken out: a few by name. */
function staleLines(stale: AuditReport['stale']): readonly string[] {
  if (stale.length === 0) return [];
  const more = stale.length > mostNamed ? [`  and ${stale.length - mostNamed} more, in the report`] : [];
  const named = stale.slice(0, mostNamed).map((each) => `  ${visible(staleText(each), 300)}`);
  return ['to take out of trust.yml:', ...named, ...more];
}

/** The audit in two or three lines of figures. */
export function summaryText(report: AuditReport): string {
  const { findings, expected, gaps, accounts, places, resources } = summary(report);
  const { skipped } = report.coverage;
  const wanted = expected > 0 ? `; ${plural(expected, 'expected grant')}, in the report` : '';
  const notes = report.notes.length > 0 ? `; ${plural(report.notes.length, 'note')}, in the report` : '';
  const unread =
    resources.unread > 0
      ? `; ${plural(resources.unread, 'resource')} unread (${unreadText(resources.unreadBy)})`
      : '';
  return [
    `read ${plural(resources.present + resources.absent, 'resource')} in ${plural(places.read, 'place')} of ${plural(accounts.read, 'account')}${unread}`,
    `${findingCount(findings)}; ${plural(gaps, 'gap')}${wanted}${notes}`,
    ...staleLines(report.stale),
    ...(skipped.length === 0 ? [] : [`not swept: ${skippedText(skipped)}`]),
  ].join('\n');
}

function findingCount(findings: Summary['findings']): string {
  const parts = severities
    .filter((severity) => findings[severity] > 0)
    .map((severity) => `${findings[severity]} ${severity}`);
  return plural(findings.total, 'finding') + (parts.length === 0 ? '' : ` (${parts.join(', ')})`);
}
