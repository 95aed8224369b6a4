import type { ConditionLine, Statement } from '../spec/policy.ts';
import { issuerOf } from '../spec/principal.ts';
import type { Principal } from '../spec/request.ts';
import type { Draft } from './facts.ts';
import { addressInstance, arnInstance, exactOf, instanceOf, type Resolve, verbatim } from './instance.ts';
import { pick, pickOr } from './random.ts';
import { type Vocabulary, valuesFor } from './vocabulary.ts';

/** Keys that follow from the caller, the network or the clock: nobody chooses them. */
const given =
  /^(aws:(principal(arn|account|type|isawsservice|servicename|servicenameslist|orgid|orgpaths)|username|userid|source(account|arn|orgid|orgpaths|owner|ip|vpc|vpce)|vpcsourceip|vpceorgid|vpceorgpaths|sourcevpcarn|currenttime|epochtime|viaawsservice|resourceaccount|resourceorgid|resourceorgpaths|requestedregion|vpceaccount|federatedprovider)|kms:calleraccount|s3:(resourceaccount|dataaccesspoint(account|arn)))$/i;

const day = 24 * 60 * 60 * 1000;
const isNull = ({ operator }: ConditionLine) => /^null$/i.test(operator);

/** A text that the line asks for. Variables that have no value yet get one. */
function wantedText(
  aim: Statement,
  { operator }: ConditionLine,
  value: string,
  facts: Draft,
  chosen: Draft,
  random: () => number,
): string {
  const valued: Resolve = (name, fallback) => {
    const there = Object.entries({ ...facts, ...chosen }).find(
      ([key]) => key.toLowerCase() === name.toLowerCase(),
    );
    if (there !== undefined) return String(there[1]);
    if (fallback === undefined && !given.test(name)) chosen[name] = 'who';
    return fallback ?? 'who';
  };
  const resolve = aim.hasVariables ? valued : verbatim;
  if (!/like|arn/i.test(operator)) return exactOf(value, resolve);
  return /^arn:[^$]*$/.test(value) ? arnInstance(value, random) : instanceOf(value, random, resolve);
}

/** A number, a date or an address at, before or after one of the line's. */
function nearby({ operator, values }: ConditionLine, random: () => number): string | undefined {
  const value = pickOr(random, values, '1');
  if (/numeric/i.test(operator)) return String((Number(value) || 0) + pick(random, [-1, 0, 1]));
  if (/ipaddress/i.test(operator)) return addressInstance(value, random);
  if (!/date/i.test(operator)) return undefined;
  return new Date((Date.parse(value) || Date.now()) + pick(random, [-day, day])).toISOString();
}

/** Something that satisfies the line as a rule, and sometimes something that does not. `undefined`: absent. */
function valueFor(
  aim: Statement,
  line: ConditionLine,
  others: readonly string[],
  facts: Draft,
  chosen: Draft,
  random: () => number,
): string | string[] | undefined {
  const { operator, values } = line;
  const made = (value: string) => wantedText(aim, line, value, facts, chosen, random);
  if (isNull(line)) return values.includes('true') ? undefined : pickOr(random, others, 'present');
  const isNegated = /not/i.test(operator);
  const choice = random();
  if (choice < (isNegated ? 0.35 : 0.1)) return undefined;
  const near = nearby(line, random);
  if (near !== undefined) return near;
  if (choice > 0.96 || (isNegated && choice < 0.75)) return 'fresh';
  const one = made(pickOr(random, values, 'present'));
  if (/^for(any|all)/i.test(operator) && random() < 0.3)
    return pick(random, [[], [one, 'fresh'], [one, pickOr(random, others, one)], ['']]);
  return one + (random() < 0.04 ? 'x' : '');
}

/** Whether the key is a claim of another issuer than the caller's. */
function isForeignClaim(key: string, principal: Principal): boolean {
  const prefix = key.slice(0, Math.max(0, key.lastIndexOf(':')));
  return principal.type === 'Federated' && prefix.includes('.') && prefix !== issuerOf(principal.provider);
}

/** What a variable must say for the line to hold of a key that is given: the key's own value, or the end of it. */
function mirrored(aim: Statement, { key, values }: ConditionLine, facts: Draft): Draft {
  const own = facts[key];
  if (!aim.hasVariables || typeof own !== 'string') return {};
  const named = values.flatMap((value) => {
    const [, before = '', name = ''] = /^([^$*?]*)\$\{([^},]+)\}$/.exec(value) ?? [];
    return name === '' || given.test(name) || !own.startsWith(before)
      ? []
      : [[name, own.slice(before.length)]];
  });
  return Object.fromEntries(named.slice(0, 1));
}

/** At times another line about the same key, as that of a Deny which spares the narrower alone. */
function rivalOf(
  line: ConditionLine,
  lines: readonly ConditionLine[],
  random: () => number,
): ConditionLine | undefined {
  const key = line.key.toLowerCase();
  const rivals = lines.filter((other) => other !== line && other.key.toLowerCase() === key && !isNull(other));
  return rivals.length > 0 && random() < 0.25 ? pickOr(random, rivals, line) : undefined;
}

/** What nobody gives and the policies ask for, so that the aimed statement is satisfied as a rule. */
export function chosenFacts(
  aim: Statement,
  { lines }: Vocabulary,
  principal: Principal,
  facts: Draft,
  random: () => number,
): Draft {
  const aimed = aim.conditions.map(({ key }) => key.toLowerCase());
  const others = lines.filter(({ key }) => !aimed.includes(key.toLowerCase()) && random() < 0.5);
  const chosen: Draft = {};
  for (const line of [...others, ...aim.conditions]) {
    if (given.test(line.key) && random() < 0.8) Object.assign(chosen, mirrored(aim, line, facts));
    if (given.test(line.key) || isForeignClaim(line.key, principal)) continue;
    const texts = valuesFor(
      lines.filter((other) => !isNull(other)),
      line.key,
    );
    // A line of another statement is as often to be missed as met: a Deny must be got around.
    const isMissed = !aimed.includes(line.key.toLowerCase()) && random() < 0.35;
    const asked = rivalOf(line, lines, random) ?? line;
    const value = isMissed ? 'fresh' : valueFor(aim, asked, texts, facts, chosen, random);
    const names = Object.keys({ ...facts, ...chosen });
    const name = names.find((key) => key.toLowerCase() === line.key.toLowerCase()) ?? line.key;
    if (value === undefined) delete chosen[name];
    else chosen[name] = value;
  }
  return chosen;
}
