/** What we write into a message that we send again to ourselves. */
export interface Mark {
  /** How often the live state was looked at. */
  readonly looks?: number;
  /** A change of the organization: the end of the window that it fell into, ISO 8601. */
  readonly window?: string;
  /** And how often the audit role of its account was not there. */
  readonly missing?: number;
}

const counted = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;

/** The mark in a message of the queue, which is JSON; an empty one in a message that comes from outside. */
export function markOf(body: string): Mark {
  const { trustwatch } = JSON.parse(body) as { readonly trustwatch?: Readonly<Record<string, unknown>> };
  const { looks, window, missing } = trustwatch ?? {};
  return {
    ...(counted(looks) !== undefined && { looks: counted(looks) as number }),
    ...(typeof window === 'string' && { window, missing: counted(missing) ?? 0 }),
  };
}

/** The message with another mark. */
export const withMark = (body: string, trustwatch: Mark) =>
  JSON.stringify({ ...JSON.parse(body), trustwatch });
