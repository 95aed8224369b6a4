import type { ChangeEvent } from './change-event.ts';

/** What a change says that the live state must show, once it has settled. */
export interface Claim {
  readonly type: 'deletion' | 'change';
  /** The policies that it set, each as parsed JSON with its keys in order. */
  readonly policies: readonly string[];
}

/** JSON with the keys of objects in order, so that the same content is the same text; undefined for what is none. */
export function canonicalJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  } catch {
    return undefined;
  }
}

/** The policies among the parameters: texts and objects under a name that speaks of a policy, with statements. */
function policiesIn(parameters: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (!/policy/i.test(name)) return [];
    const policy = canonicalJson(typeof value === 'string' ? value : JSON.stringify(value));
    return policy?.includes('"Statement":') ? [policy] : [];
  });
}

/** What a change claims. */
export function claimOf({ detail }: Pick<ChangeEvent, 'detail'>): Claim {
  return {
    type: /^(delete|remove|revoke)/i.test(detail.eventName) ? 'deletion' : 'change',
    policies: policiesIn(detail.requestParameters ?? {}),
  };
}
