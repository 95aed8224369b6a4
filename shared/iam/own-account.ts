import data from './data/own-account.json' with { type: 'json' };
import { globMatches } from './glob.ts';

const kinds = new Map(Object.entries(data.kinds));

/**
 * Whether only callers of the owner's account can call an action on a resource of the kind, whomever its policy names.
 * Data of `data/own-account.json`.
 */
export function isForOwnAccount(kind: string, action: string): boolean {
  const row = kinds.get(kind);
  if (row === undefined) return false;
  const name = action.slice(action.indexOf(':') + 1).toLowerCase();
  const isAmong = (patterns: readonly string[]) =>
    patterns.some((pattern) => globMatches(pattern.toLowerCase(), name));
  return isAmong(row.actions) && !isAmong(row.except);
}
