import data from './data/actions.json' with { type: 'json' };

/** The actions of a kind that meet one form of its resources. */
export interface ActionForm {
  /** `{arn}`, `{arn}/*`: the ARNs that these actions are called on. */
  readonly resource: string;
  /** With their service: `s3:GetObject`. */
  readonly actions: readonly string[];
}

interface KindRow {
  readonly service: string;
  readonly forms: readonly ActionForm[];
}

const kinds: Readonly<Record<string, KindRow>> = data.kinds;
const others: Readonly<Record<string, readonly string[]>> = data.others;

/** The kind's actions by form of resource, or undefined when the catalogue does not know the kind. */
export function actionForms(kind: string): readonly ActionForm[] | undefined {
  const row = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return row?.forms.map(({ resource, actions }) => ({
    resource,
    actions: actions.map((action) => `${row.service}:${action}`),
  }));
}

/** The kind's service prefix, where the catalogue knows it. */
export function serviceOfKind(kind: string): string | undefined {
  return Object.hasOwn(kinds, kind) ? kinds[kind]?.service : undefined;
}

/** Actions of the kind's service that never meet a resource of the kind (`sqs:ListQueues`), in lower case. */
export function foreignActions(kind: string): ReadonlySet<string> {
  const service = serviceOfKind(kind);
  if (service === undefined) return new Set();
  return new Set((others[service] ?? []).map((action) => `${service}:${action}`.toLowerCase()));
}

/** The kinds that the catalogue knows. */
export const catalogued = (): readonly string[] => Object.keys(kinds);
