import { readFile } from 'node:fs/promises';
import { askedBy, shownDecision, withoutMark } from '../access/check.ts';
import { decide } from '../access/decide.ts';
import type { DecisionInput } from '../access/decision.ts';
import { loadTrust } from '../config/trust.ts';
import { zoneOf } from '../config/zone-of.ts';
import { InputError } from '../errors.ts';
import { isAccountId, parseArn } from '../iam/arn.ts';
import { decodedPolicy } from '../iam/policy.ts';
import { explanation } from '../report/explanation.ts';
import type { ExplainOptions } from './explain.ts';

function parse(text: string, file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (error) {
    throw new InputError(file, `not JSON (${(error as Error).message})`, 'give a policy as AWS takes it');
  }
  throw new InputError(file, 'neither a policy nor a line for `check`', 'give a JSON object');
}

function required(value: string | undefined, option: string, what: string): string {
  if (value !== undefined) return value;
  throw new InputError('explain', `${what} is not known`, `say it with ${option}`);
}

/** The account that the resource's ARN names; `--owner` is for those that name none. */
function ownerOf(arn: string, given: ExplainOptions): string {
  const named = parseArn(arn)?.account ?? '';
  if (given.owner !== undefined && isAccountId(named) && named !== given.owner)
    throw new InputError('explain', `the resource is of account ${named}`, 'leave --owner out');
  return required(given.owner ?? (named || undefined), '--owner', 'the account of the resource');
}

/** A policy by itself: the options say what it is attached to and who counts as inside. */
async function policyInput(text: string, given: ExplainOptions): Promise<DecisionInput> {
  const kind = required(given.kind, '--kind', 'the kind of the resource');
  const arn = required(given.resource, '--resource', 'the resource');
  const owner = ownerOf(arn, given);
  const trustText = given.trust === undefined ? '' : await readFile(given.trust, 'utf8');
  const now = new Date();
  const trust = loadTrust(trustText, given.trust ?? 'trust.yml', now);
  const zone = zoneOf(given.organization, [owner], trust, now);
  return { resource: { kind, arn, owner }, policies: [{ name: 'policy', text }], zone };
}

/** A line for `check`, which says everything itself. */
function lineInput(text: string, line: Record<string, unknown>, file: string): DecisionInput {
  try {
    return askedBy(text, line);
  } catch (error) {
    throw new InputError(file, (error as Error).message, 'write the line as `check` takes it');
  }
}

/** The policy's text with a line to every part, when it came as an object on one line. */
function laidOut(text: string): string {
  const written = decodedPolicy(text) ?? text;
  try {
    return written.trimEnd().includes('\n') ? written : JSON.stringify(JSON.parse(written), null, 2);
  } catch {
    return written;
  }
}

/** Shows the grants of a policy; sets the exit code to 1 when there are some. */
export async function runExplain(file: string, given: ExplainOptions): Promise<void> {
  const text = withoutMark(await readFile(file, 'utf8'));
  const value = parse(text, file);
  const input = 'policy' in value ? lineInput(text, value, file) : await policyInput(text, given);
  const decision = decide(input);
  if (decision.state === 'unjudged')
    throw new InputError(file, `the policy cannot be judged (${decision.reason})`, 'correct the policy');
  const { grants, notes } = decision;
  const policies = [...input.policies, ...(input.resourceControlPolicies ?? [])].map((policy) => ({
    ...policy,
    text: laidOut(policy.text),
  }));
  const shown =
    given.json === true
      ? JSON.stringify(shownDecision(decision), null, 2)
      : explanation(policies, grants, notes);
  process.stdout.write(`${shown}\n`);
  process.exitCode = grants.length > 0 ? 1 : 0;
}
