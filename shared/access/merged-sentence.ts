import { tangled, who } from './explain.ts';
import type { Grant } from './grant.ts';

/** So many statements are spoken of. */
const maxStatements = 3;

/** What one statement gives: the first of a sentence's clauses, whose words about the outsider all of them have. */
interface Lead {
  readonly by: string;
  readonly deed: string;
}

function leadOf(clause: string, outsider: string): Lead {
  const lets = ` lets ${outsider} `;
  const at = clause.indexOf(lets);
  return at === -1
    ? { by: clause, deed: '' }
    : { by: clause.slice(0, at), deed: clause.slice(at + lets.length) };
}

function following(lead: Lead, first: Lead): string {
  return lead.deed === first.deed ? `so does ${lead.by}` : `${lead.by} lets them ${lead.deed}`;
}

/**
 * One sentence for grants to one outsider under the same conditions: what each statement gives, then what is said of
 * the conditions and the Denies, each thing once.
 */
export function mergedSentence(grants: readonly [Grant, ...Grant[]]): string {
  const outsider = who(grants[0].outsider);
  const told = grants.slice(0, maxStatements).map(({ because }) => {
    const [clause = '', ...rest] = because.split('; ');
    return { lead: leadOf(clause, outsider), clause, rest };
  });
  const [first, ...others] = told;
  const more = grants.length - told.length;
  const rest = new Set(told.flatMap((one) => one.rest));
  const isTangled = rest.delete(tangled) || grants.some(({ because }) => because.endsWith(tangled));
  return [
    first?.clause ?? '',
    ...others.map(({ lead }) => following(lead, (first as (typeof told)[number]).lead)),
    ...(more === 0 ? [] : [`and ${more} more ${more === 1 ? 'statement lets' : 'statements let'} them in`]),
    ...rest,
    ...(isTangled ? [tangled] : []),
  ].join('; ');
}
