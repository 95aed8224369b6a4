import { type Partition, usualPartition } from './arn.ts';
import { cut } from './cut.ts';
import { type Loss, lossOf, withNumbersAsWritten } from './json-loss.ts';
import { none } from './none.ts';
import type { Statement } from './statement.ts';
import { parseStatement } from './statement-parser.ts';
import { withOne } from './with-one.ts';

/** A policy's statements, or what is wrong with its text, lower case, with the place. */
export type ParsedPolicy =
  | { readonly state: 'parsed'; readonly statements: readonly Statement[] }
  | { readonly state: 'malformed'; readonly reason: string };

/** Above every size that AWS takes for a resource policy (OpenSearch: 100 kB). */
const maxCharacters = 131_072;
const maxStatements = 2_000;
const current = '2012-10-17';
const versions: ReadonlySet<unknown> = new Set([current, '2008-10-17', undefined]);

/** Which policy it is, and of what. */
interface PolicyPlace {
  readonly name: string;
  readonly control: boolean;
  readonly partition: Partition;
}

const malformed = (reason: string): ParsedPolicy => ({ state: 'malformed', reason });

/** The text itself, or what it says when it is URL-encoded, as IAM hands policies out. */
export function decodedPolicy(text: string): string | undefined {
  if (text.charCodeAt(0) === 123 || !/^\s*(?:%7B|%22)/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return {
      problem: error instanceof Error ? cut(error.message.replaceAll(/\s+/g, ' '), 120) : 'no JSON',
    };
  }
}

/**
 * A policy already read from JSON. Statement may be one object or a list.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
function parsePolicyValue({ name, control, partition }: PolicyPlace, policy: unknown): ParsedPolicy {
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy))
    return malformed('is no JSON object');
  const { Version: version, Statement: element } = policy as Record<string, unknown>;
  if (version !== current && !versions.has(version))
    return malformed(`has the unknown Version ${cut(JSON.stringify(version) ?? '', 40)}`);
  if (typeof element !== 'object' || element === null) return malformed('has no Statement');
  const list: readonly unknown[] = Array.isArray(element) ? element : [element];
  if (list.length > maxStatements)
    return malformed(`has ${list.length} statements, more than ${maxStatements}`);
  let statements: readonly Statement[] = none;
  for (let i = 0; i < list.length; i += 1) {
    const item = list[i];
    const index = statements.length;
    const place = { policy: name, index, variables: version === current, control, partition };
    const statement = parseStatement(place, item);
    if (typeof statement === 'string') return malformed(`statement ${index} ${statement}`);
    statements = withOne(statements, statement);
  }
  return { state: 'parsed', statements };
}

/** What is lost of the text; or that it is nested so deeply that the engine cannot follow. */
function lossIn(text: string, value: unknown): Loss | 'too deep' {
  try {
    return lossOf(text, value);
  } catch (error) {
    if (error instanceof RangeError) return 'too deep';
    throw error;
  }
}

/**
 * A policy from its text: JSON, or URL-encoded JSON.
 * @param control whether it is a resource control policy of the organization
 * @param partition of the resource: no other's principals can be named
 */
export function parsePolicy(
  name: string,
  text: string,
  control = false,
  partition = usualPartition,
): ParsedPolicy {
  if (text.length > maxCharacters * 3)
    return malformed(`has ${text.length} characters, more than ${maxCharacters}`);
  const decoded = decodedPolicy(text);
  if (decoded === undefined) return malformed('is neither JSON nor URL-encoded JSON');
  if (decoded.length > maxCharacters)
    return malformed(`has ${decoded.length} characters, more than ${maxCharacters}`);
  const json = parseJson(decoded);
  if ('problem' in json) return malformed(`is no JSON: ${json.problem}`);
  const loss = lossIn(decoded, json.value);
  if (loss === 'too deep') return malformed('is nested too deeply');
  if (typeof loss === 'object')
    return malformed(`has the key \`${loss.key}\` twice in one object (line ${loss.line})`);
  const value = loss === 'numbers' ? JSON.parse(withNumbersAsWritten(decoded)) : json.value;
  return parsePolicyValue({ name, control, partition }, value);
}
