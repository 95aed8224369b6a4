import type { Expectation } from '../findings/expectation.ts';
import type { AccessFinding } from '../findings/finding.ts';
import type { StaleExpectation } from '../findings/stale-expectations.ts';

const ticketText = ({ ticket }: Expectation) => (ticket === undefined ? '' : ` (${ticket})`);

/** Who wants a grant, or who did until the end came; undefined when nobody ever said so. Untrusted text. */
export function expectationText({ expectation, ended }: AccessFinding): string | undefined {
  if (expectation !== undefined) {
    const { owner, reason, until } = expectation;
    return `expected by ${owner} until ${until}: ${reason}${ticketText(expectation)}`;
  }
  if (ended === undefined) return undefined;
  return `the expectation by ${ended.owner} ended on ${ended.until}: ${ended.reason}${ticketText(ended)}`;
}

/** An entry that can be taken out, and why. Untrusted text. */
export function staleText({ why, expectation, kind, resource }: StaleExpectation): string {
  const whyText = why === 'ended' ? `ended on ${expectation.until}` : 'covers nothing that is there';
  return `${kind} ${resource}, by ${expectation.owner}: ${whyText}${ticketText(expectation)}`;
}
