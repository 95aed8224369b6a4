import { none } from '../iam/none.ts';
import { originAccessIdentityOf } from '../iam/principal-text.ts';
import type { Statement } from '../iam/statement.ts';
import { withOne } from '../iam/with-one.ts';
import { nameOf, shortName } from './condition-words.ts';
import type { Grant, GrantCondition, Outsider, StatementReference } from './grant.ts';

/** No name that AWS gives is longer, but for paths of roles and subjects of tokens, which may be. */
const maxName = 200;

const short = (name: string) => nameOf(name, maxName);

function ofAccount(account: string, principal: string | undefined): string {
  if (principal === undefined) return `account ${account}`;
  const identity = originAccessIdentityOf(principal);
  if (identity !== undefined) return `the CloudFront origin access identity ${short(identity)}`;
  return `${short(principal.slice(principal.lastIndexOf(':') + 1))} of account ${account}`;
}

/** Whom a service acts for: an account, an organization, or a glob of either. */
function sourceOf(source: string): string {
  if (source === 'any') return 'any account';
  return `${source.startsWith('o-') ? 'organization' : 'account'} ${short(source)}`;
}

/** The outsider in a sentence. */
export function who(outsider: Outsider): string {
  switch (outsider.type) {
    case 'anyone':
      return 'anyone on the internet';
    case 'any-account':
      return 'every AWS account';
    case 'account':
      return ofAccount(outsider.account, outsider.principal);
    case 'account-pattern':
      return `every account whose id is like ${short(outsider.pattern)}`;
    case 'organization':
      return outsider.organization === '*'
        ? 'members of any organization'
        : `members of organization ${short(outsider.organization)}`;
    case 'service':
      return `${outsider.service === '*' ? 'AWS services' : short(outsider.service)} acting for ${sourceOf(outsider.source)}`;
    case 'federated':
      return `${outsider.subject === 'any' ? 'any token' : `tokens of ${short(outsider.subject)}`} from ${outsider.provider === '*' ? 'any identity provider' : short(outsider.provider)}`;
    case 'canonical-user':
      return `the S3 canonical user ${short(outsider.id)}`;
    default:
      return outsider satisfies never;
  }
}

/** A statement by its place and its name. */
export const spoken = ({ policy, index, sid }: Pick<Statement, 'policy' | 'index' | 'sid'>) =>
  `${policy === 'policy' ? '' : `${policy} `}statement ${index}${sid === undefined ? '' : ` (\`${nameOf(sid, 60)}\`)`}`;

function what(actions: readonly string[], kind: string): string {
  if (kind === 'iam:role') return 'assume this role';
  const { length } = actions;
  if (length === 0) return 'call nothing';
  if (length > 3) return `call ${shortName(actions[0] ?? '')} and ${length - 1} more`;
  return length === 1 ? `call ${shortName(actions[0] ?? '')}` : `call ${actions.map(shortName).join(', ')}`;
}

const phrases: Readonly<Record<GrantCondition['bounds'], string>> = {
  caller: 'says who',
  network: 'says from which network, not who',
  provider: 'says which token',
  request: 'says how, not who',
  none: 'bounds nobody',
};

function named({ key, bounds }: GrantCondition): string {
  if (key === 'sts:ExternalId') return 'the ExternalId is chosen by the caller and bounds nobody';
  return `the condition on ${shortName(key)} ${phrases[bounds]}`;
}

/** The Denies of the same actions: why some of them do not stop the witness, and how many more there are. */
export interface Spared {
  readonly shown: readonly string[];
  readonly named: readonly StatementReference[] | undefined;
  readonly more: number;
}

/** What is the same in the sentences of all whom one statement lets in for the same actions. */
export interface Wording {
  readonly by: string;
  readonly deed: string;
}

export const wordingOf = (statement: Statement, actions: readonly string[], kind: string): Wording => ({
  by: spoken(statement),
  deed: what(actions, kind),
});

/** What a sentence says at its end where the grant is not proved. */
export const tangled = 'the policy is too tangled to settle, so this is the widest reading';

/** So many conditions are spoken of. */
const maxNamed = 3;

/** What is said of the conditions, each thing once: two on one key may say the same. */
function saidOf(conditions: readonly GrantCondition[]): string {
  let said = '';
  let clauses: readonly string[] = none;
  let more = 0;
  for (let i = 0; i < conditions.length; i += 1) {
    const clause = named(conditions[i] as GrantCondition);
    if (clauses.includes(clause)) continue;
    if (clauses.length === maxNamed) more += 1;
    else {
      clauses = withOne(clauses, clause);
      said += `; ${clause}`;
    }
  }
  return more === 0
    ? said
    : `${said}; ${more} more ${more === 1 ? 'condition remains' : 'conditions remain'}`;
}

/** Why the grant is there, in one sentence for the reader of an alert. */
export function explain(
  { by, deed }: Wording,
  { outsider, conditions }: Pick<Grant, 'outsider' | 'conditions'>,
  spared: Spared,
  unproven: boolean,
): string {
  let sentence = `${by} lets ${who(outsider)} ${deed}`;
  if (conditions.length > 0) sentence += saidOf(conditions);
  for (let i = 0; i < spared.shown.length; i += 1) sentence += `; ${spared.shown[i]}`;
  if (spared.more > 0)
    sentence += `; ${spared.more} more ${spared.more === 1 ? 'Deny does' : 'Denies do'} not reach it`;
  return unproven ? `${sentence}; ${tangled}` : sentence;
}
