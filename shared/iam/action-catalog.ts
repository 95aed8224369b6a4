import data from './data/actions.json' with { type: 'json' };

/** The actions of a kind that meet one form of its resources. */
export interface ActionForm {
  /**
   * `{arn}`, `{arn}/*`: the ARNs that these actions are called on. `{at}` is what stands before the name of the judged
   * one's type, `{name}` what follows it; others are made as `access/form.ts` says; `*` is any.
   */
  readonly resource: string;
  /** `bot/`: only where the judged ARN's last part begins so. */
  readonly of?: string | undefined;
  /** With their service: `s3:GetObject`. */
  readonly actions: readonly string[];
}

/** Actions without a prefix are of the row's own service. */
interface KindRow {
  readonly service: string;
  readonly forms: readonly ActionForm[];
}

/**
 * Actions by kind, as the Service Authorization Reference relates them to types of resources, and where a service's own
 * guide to its policies says more, by that: the `guides` of `data/actions.json`.
 */
const kinds: ReadonlyMap<string, KindRow> = new Map(Object.entries(data.kinds));
const others: Readonly<Record<string, readonly string[]>> = data.others;

/** The kind's actions by form of resource, or undefined when the catalogue does not know the kind. */
export function actionForms(kind: string): readonly ActionForm[] | undefined {
  const row = kinds.get(kind);
  return row === undefined ? undefined : formsOf(row);
}

const formsOf = ({ service, forms }: KindRow): readonly ActionForm[] =>
  forms.map(({ resource, of, actions }) => ({
    resource,
    of,
    actions: actions.map((action) => (action.includes(':') ? action : `${service}:${action}`)),
  }));

/** The kind's service prefix, where the catalogue knows it. */
export function serviceOfKind(kind: string): string | undefined {
  return kinds.get(kind)?.service;
}

/** All other actions of the kind's service, in lower case: they never meet a resource of the kind (`sqs:ListQueues`). */
export function foreignActions(kind: string): ReadonlySet<string> {
  const service = serviceOfKind(kind);
  if (service === undefined) return new Set();
  const ofKinds = [...kinds.values()]
    .filter((row) => row.service === service)
    .flatMap(formsOf)
    .flatMap(({ actions }) => actions);
  const ofNone = (others[service] ?? []).map((action) => `${service}:${action}`);
  const all = new Set([...ofKinds, ...ofNone].map((action) => action.toLowerCase()));
  for (const { actions } of actionForms(kind) ?? []) for (const own of actions) all.delete(own.toLowerCase());
  return all;
}
