import { providerName } from '../iam/issuer.ts';
import { acceptsUnsigned } from '../iam/service.ts';
import {
  admitAccount,
  admitAnyAccount,
  admitCanonicalUser,
  admitMentionedAccounts,
  admitOrganizations,
  admitPrincipal,
} from './admit-accounts.ts';
import { admitAnyFederated, admitFederated } from './admit-federated.ts';
import { admitAnyService, admitService } from './admit-services.ts';
import { type Admission, admit, type Question } from './question.ts';

const urlMark = 'lambda:invokedviafunctionurl';

/** Which sorts of callers can call an action at all: in a trust policy each action has its own. */
type Door = 'signed' | 'web-identity' | 'saml' | 'any';

function doorOf(kind: string, action: string): Door {
  if (kind !== 'iam:role') return 'any';
  const lower = action.toLowerCase();
  if (lower === 'sts:assumerolewithwebidentity') return 'web-identity';
  return lower === 'sts:assumerolewithsaml' ? 'saml' : 'signed';
}

/** An unsigned call to a function URL is checked as InvokeFunction too: for statements that speak of such calls. */
function takesUnsigned({ setting, goals }: Question): boolean {
  if (acceptsUnsigned(setting.action)) return true;
  return (
    setting.action === 'lambda:InvokeFunction' && goals.some(({ condition }) => condition.key === urlMark)
  );
}

/** Everyone, as narrow as the conditions and Denies leave it; the widest first, and what it covers is not asked again. */
function admitEveryone(question: Question, door: Door): readonly Admission[] {
  if (door === 'web-identity' || door === 'saml') return admitAnyFederated(question, door === 'saml');
  if (takesUnsigned(question)) {
    const anyone = admit(question, { sort: 'anonymous' }, { type: 'anyone' });
    if (anyone !== undefined) return [anyone];
  }
  const any = admitAnyAccount(question);
  if (any !== undefined) return [any];
  const trust = question.kind === 'iam:role' && !question.anyCaller;
  const services = trust ? [] : admitAnyService(question);
  const spared = question.denies.flatMap(({ statement }) =>
    statement.notPrincipal ? statement.principals.canonicalUsers : [],
  );
  return [
    ...admitOrganizations(question),
    ...admitMentionedAccounts(question),
    ...services,
    ...[...new Set(spared)].flatMap((id) =>
      question.zone.canonicalUsers.has(id) ? [] : admitCanonicalUser(question, id),
    ),
  ];
}

function admitFederatedPrincipals(question: Question, door: Door): readonly Admission[] {
  if (door === 'signed') return [];
  return question.statement.principals.federated
    .filter(
      (principal) =>
        door === 'any' || (door === 'saml') === providerName(principal).startsWith('saml-provider/'),
    )
    .flatMap((principal) => admitFederated(question, principal));
}

/** The outsiders that a question's statement lets in. */
export function admitted(question: Question): readonly Admission[] {
  const { principals, notPrincipal } = question.statement;
  const door = doorOf(question.kind, question.setting.action);
  const all = principals.everyone !== notPrincipal;
  if (question.servicesOnly)
    return notPrincipal ? [] : principals.services.flatMap((service) => admitService(question, service));
  if (all) return admitEveryone(question, door);
  if (notPrincipal) return [];
  const federated = admitFederatedPrincipals(question, door);
  if (door === 'web-identity' || door === 'saml') return federated;
  const { zone } = question;
  return [
    ...principals.accounts
      .filter((account) => !zone.accounts.has(account))
      .flatMap((account) => admitAccount(question, account)),
    ...principals.named
      .filter(({ account }) => !zone.accounts.has(account))
      .flatMap(({ account, arn }) => admitPrincipal(question, account, arn)),
    ...principals.services.flatMap((service) => admitService(question, service)),
    ...federated,
    ...principals.canonicalUsers
      .filter((id) => !zone.canonicalUsers.has(id))
      .flatMap((id) => admitCanonicalUser(question, id)),
  ];
}
