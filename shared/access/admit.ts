import { conditionHolds } from '../iam/condition.ts';
import { gather } from '../iam/gather.ts';
import { providerName } from '../iam/issuer.ts';
import { none } from '../iam/none.ts';
import { acceptsUnsigned } from '../iam/service.ts';
import type { Statement } from '../iam/statement.ts';
import {
  admitAccount,
  admitAnyAccount,
  admitCanonicalUser,
  admitMentionedAccounts,
} from './admit-accounts.ts';
import { admitAnyFederated } from './admit-any-federated.ts';
import { admitFederated } from './admit-federated.ts';
import { admitOrganizations } from './admit-organizations.ts';
import { admitPrincipals } from './admit-principals.ts';
import { admitAnyService, admitService } from './admit-services.ts';
import { sourceKeys } from './aws-keys.ts';
import { isHopeless } from './budget.ts';
import type { Caller } from './caller.ts';
import { strangerAccount } from './domain.ts';
import { type Goal, madeCondition } from './goal.ts';
import { type Admission, admit, type Question, unsettledAs } from './question.ts';
import { asPath } from './takes-in.ts';

/** Which sorts of callers can call an action at all: in a trust policy each action has its own. */
type Door = 'signed' | 'web-identity' | 'saml' | 'any';

function doorOf(kind: string, action: string): Door {
  if (kind !== 'iam:role') return 'any';
  const lower = action.toLowerCase();
  if (lower === 'sts:assumerolewithwebidentity') return 'web-identity';
  return lower === 'sts:assumerolewithsaml' ? 'saml' : 'signed';
}

/** An unsigned call to a function URL is checked as InvokeFunction too. */
const takesUnsigned = ({ kind, setting: { action, scene } }: Question): boolean =>
  acceptsUnsigned(kind, action) || (action === 'lambda:InvokeFunction' && scene.urlCallers === 'everyone');

const pathsOf = ({ outsider }: Admission): string | undefined =>
  outsider.type === 'organization' ? asPath(outsider.organization) : undefined;

/** Whoever gets in as a member of an organization, or of a part of one, that is let in needs no grant of its own. */
function notAsMembersOf(organizations: readonly Admission[]): readonly Goal[] {
  if (organizations.length === 0) return none;
  const condition = madeCondition('aws:principalorgpaths', 'StringLike', gather(organizations, pathsOf));
  return [{ condition, wanted: false }];
}

const stranger: Caller = {
  sort: 'aws',
  account: strangerAccount,
  membership: undefined,
  arn: undefined,
  form: 'any',
};

/** Everyone, as narrow as the conditions and Denies leave it; the widest first, and what it covers is not asked again. */
function admitEveryone(question: Question, door: Door): readonly Admission[] {
  if (door === 'web-identity' || door === 'saml') return admitAnyFederated(question, door === 'saml');
  if (takesUnsigned(question)) {
    const anyone = admit(question, { sort: 'anonymous' }, { type: 'anyone' });
    if (anyone !== undefined) return [anyone];
  }
  const any = admitAnyAccount(question);
  if (any !== undefined) return [any];
  const found = admitSome(question);
  return isHopeless(question.budget) ? [unsettledAs({ type: 'any-account' }, stranger)] : found;
}

/** Those that the policies tell from any others. */
function admitSome(question: Question): readonly Admission[] {
  const spared = gather(question.denies, ({ statement }) =>
    statement.notPrincipal ? statement.principals.canonicalUsers : [],
  );
  const organizations = admitOrganizations(question);
  return [
    ...organizations,
    ...admitMentionedAccounts(question, notAsMembersOf(organizations)),
    ...admitAnyService(question),
    ...gather(new Set(spared), (id) =>
      question.zone.canonicalUsers.has(id) ? [] : admitCanonicalUser(question, id),
    ),
  ];
}

function admitFederatedPrincipals(question: Question, door: Door): readonly Admission[] {
  const { federated } = question.statement.principals;
  if (door === 'signed' || federated.length === 0) return none;
  const found: Admission[] = [];
  for (let i = 0; i < federated.length; i += 1) {
    const principal = federated[i] as string;
    const isSaml = providerName(principal).startsWith('saml-provider/');
    if (door === 'any' || (door === 'saml') === isSaml) found.push(...admitFederated(question, principal));
  }
  return found;
}

/** Those that a Principal names one by one. */
function admitNamed(question: Question, federated: readonly Admission[]): readonly Admission[] {
  const { zone, statement } = question;
  const { accounts, named, services, canonicalUsers } = statement.principals;
  const found: Admission[] = [];
  for (let i = 0; i < accounts.length; i += 1) {
    const account = accounts[i] as string;
    if (!zone.accounts.has(account)) found.push(...admitAccount(question, account));
  }
  if (named.length > 0) found.push(...admitPrincipals(question, named));
  for (let i = 0; i < services.length; i += 1) found.push(...admitService(question, services[i] as string));
  found.push(...federated);
  for (let i = 0; i < canonicalUsers.length; i += 1) {
    const id = canonicalUsers[i] as string;
    if (!zone.canonicalUsers.has(id)) found.push(...admitCanonicalUser(question, id));
  }
  return found;
}

/** Keys that services alone have, and by which they are known. */
const keysOfServices: ReadonlySet<string> = new Set([
  ...sourceKeys,
  'aws:principalisawsservice',
  'aws:sourceowner',
]);

/** Whether one of the statement's own conditions asks for a service, by its name or by what it acts for. */
const asksForServices = ({ conditions }: Statement): boolean =>
  conditions.some((condition) => keysOfServices.has(condition.key) && !conditionHolds(condition, undefined));

/**
 * Whom S3 leaves of a public policy outside the owner's account: services. AWS does not say whether those too that a
 * star means and a condition names: they get in. A bare star names none.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
function admitServices(question: Question): readonly Admission[] {
  const { principals, notPrincipal } = question.statement;
  if (principals.everyone !== notPrincipal && asksForServices(question.statement))
    return admitAnyService(question);
  return notPrincipal ? none : gather(principals.services, (service) => admitService(question, service));
}

/** The outsiders that a question's statement lets in. */
export function admitted(question: Question): readonly Admission[] {
  const { principals, notPrincipal } = question.statement;
  question.budget.unsettled = 0;
  if (question.servicesOnly) return admitServices(question);
  const door = doorOf(question.kind, question.setting.action);
  if (principals.everyone !== notPrincipal) return admitEveryone(question, door);
  if (notPrincipal) return none;
  const federated = admitFederatedPrincipals(question, door);
  return door === 'web-identity' || door === 'saml' ? federated : admitNamed(question, federated);
}
