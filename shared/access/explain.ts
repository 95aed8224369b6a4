import type { Statement } from '../iam/statement.ts';
import type { Grant, GrantCondition, Outsider } from './grant.ts';

function who(outsider: Outsider): string {
  switch (outsider.type) {
    case 'anyone':
      return 'anyone on the internet';
    case 'any-account':
      return 'every AWS account';
    case 'account':
      return outsider.principal === undefined
        ? `account ${outsider.account}`
        : `${outsider.principal.slice(outsider.principal.lastIndexOf(':') + 1)} of account ${outsider.account}`;
    case 'account-pattern':
      return `every account whose id is like ${outsider.pattern}`;
    case 'organization':
      return outsider.organization === '*'
        ? 'members of any organization'
        : `members of organization ${outsider.organization}`;
    case 'service':
      return `${outsider.service === '*' ? 'AWS services' : outsider.service} acting for ${outsider.source === 'any' ? 'any account' : outsider.source}`;
    case 'federated':
      return `${outsider.subject === 'any' ? 'any token' : `tokens of ${outsider.subject}`} from ${outsider.provider === '*' ? 'any identity provider' : outsider.provider}`;
    case 'canonical-user':
      return `the S3 canonical user ${outsider.id}`;
    default:
      return outsider satisfies never;
  }
}

/** A statement by its place and its name. */
export const spoken = ({ policy, index, sid }: Pick<Statement, 'policy' | 'index' | 'sid'>) =>
  `${policy === 'policy' ? '' : `${policy} `}statement ${index}${sid === undefined ? '' : ` (\`${sid.slice(0, 60)}\`)`}`;

function what(actions: readonly string[], kind: string): string {
  if (kind === 'iam:role') return 'assume this role';
  const { length } = actions;
  if (length === 0) return 'call nothing';
  return length < 4 ? `call ${actions.join(', ')}` : `call ${actions[0]} and ${length - 1} more`;
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
  return `the condition on ${key} ${phrases[bounds]}`;
}

/** The Denies of the same actions: why some of them do not stop the witness, and how many more there are. */
export interface Spared {
  readonly shown: readonly string[];
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

/** So many conditions are spoken of. */
const maxNamed = 3;

/** Why the grant is there, in one sentence for the reader of an alert. */
export function explain(
  { by, deed }: Wording,
  { outsider, conditions }: Pick<Grant, 'outsider' | 'conditions'>,
  spared: Spared,
  unproven: boolean,
): string {
  let sentence = `${by} lets ${who(outsider)} ${deed}`;
  for (let i = 0; i < conditions.length && i < maxNamed; i += 1)
    sentence += `; ${named(conditions[i] as GrantCondition)}`;
  if (conditions.length > maxNamed) sentence += `; ${conditions.length - maxNamed} more conditions remain`;
  for (let i = 0; i < spared.shown.length; i += 1) sentence += `; ${spared.shown[i]}`;
  if (spared.more > 0) sentence += `; ${spared.more} more Denies do not reach it`;
  return unproven
    ? `${sentence}; the policy is too tangled to settle, so this is the widest reading`
    : sentence;
}
