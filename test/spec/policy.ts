import type { PolicyText } from '../../shared/access/decision.ts';

/** `"*"`, or kinds of principals with their values. */
export type PrincipalElement = '*' | Readonly<Record<string, readonly string[]>>;

/** One line of a Condition: `operator`, `key`, and the values as text. */
export interface ConditionLine {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** Which of the resource's policies it stands in. */
  readonly policy: string;
  /** Globs of the ARNs that the policy is attached to, where not to the whole resource. */
  readonly attachedTo?: readonly string[];
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  readonly principal?: PrincipalElement;
  readonly notPrincipal?: PrincipalElement;
  readonly action?: readonly string[];
  readonly notAction?: readonly string[];
  readonly resource?: readonly string[];
  readonly notResource?: readonly string[];
  readonly conditions: readonly ConditionLine[];
  /** Whether `${...}` is a variable in it: only with the later version of the language. */
  readonly hasVariables: boolean;
}

/** One value or a list of them; booleans and numbers count as their text. */
function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function principalElement(value: unknown): PrincipalElement {
  if (value === '*') return '*';
  // AWS refuses a text other than the star; whoever writes one means it as a value of `AWS`.
  if (typeof value === 'string') return { AWS: [value] };
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([type, values]) => [type, list(values)]));
}

function conditionLines(block: unknown): readonly ConditionLine[] {
  return Object.entries((block ?? {}) as Record<string, Record<string, unknown>>).flatMap(
    ([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values) })),
  );
}

/** The text of a policy, without the URL encoding that IAM puts around it. */
function policyJson(text: string): string {
  return text.trimStart().startsWith('%') ? decodeURIComponent(text) : text;
}

/** To IAM a number is its text: what JSON.parse would make of `10.0` it never sees. */
const withTextsForNumbers = (json: string): string =>
  json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs, (part) =>
    part.startsWith('"') ? part : `"${part}"`,
  );

/**
 * The statements of a policy text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 *
 * @throws SyntaxError or TypeError when the text is none: whoever asks with such a text asked wrongly
 */
export function statementsOf({ name, text, attachedTo }: PolicyText): readonly Statement[] {
  const document = JSON.parse(withTextsForNumbers(policyJson(text)));
  const written: Record<string, unknown>[] = [document.Statement ?? []].flat();
  return written.map((statement, index) => ({
    policy: name,
    ...(attachedTo && { attachedTo }),
    index,
    effect: statement.Effect === 'Allow' ? 'Allow' : 'Deny',
    ...('Principal' in statement && { principal: principalElement(statement.Principal) }),
    ...('NotPrincipal' in statement && { notPrincipal: principalElement(statement.NotPrincipal) }),
    ...('Action' in statement && { action: list(statement.Action) }),
    ...('NotAction' in statement && { notAction: list(statement.NotAction) }),
    ...('Resource' in statement && { resource: list(statement.Resource) }),
    ...('NotResource' in statement && { notResource: list(statement.NotResource) }),
    conditions: conditionLines(statement.Condition),
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    hasVariables: document.Version === '2012-10-17',
  }));
}
