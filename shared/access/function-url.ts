import { serviceOfKind } from '../iam/action-catalog.ts';
import { globMatches } from '../iam/glob.ts';
import type { Statement } from '../iam/statement.ts';

/** Whom the policy lets call the URLs of a function: nobody, some, or everyone in some way, the unsigned too. */
export type UrlCallers = 'none' | 'some' | 'everyone';

const byUrl = 'lambda:invokefunctionurl';

function letsCallUrls({ effect, control, actions, notAction }: Statement): boolean {
  if (effect === 'Deny' || control) return false;
  return actions.some((pattern) => globMatches(pattern.toLowerCase(), byUrl)) !== notAction;
}

/**
 * A call to a function URL is checked twice: as InvokeFunctionUrl, and as InvokeFunction with a mark. The second check
 * lets nobody in whom the first does not. URLs made before October 2025 may make do with the first.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function urlCallersOf(
  kind: string,
  statements: readonly Statement[],
  above: readonly Statement[],
): UrlCallers {
  if ((serviceOfKind(kind) ?? 'lambda') !== 'lambda') return 'none';
  const letting = [...statements, ...above].filter(letsCallUrls);
  if (letting.length === 0) return 'none';
  const areOpen = letting.some(({ principals, notPrincipal }) => principals.everyone !== notPrincipal);
  return areOpen ? 'everyone' : 'some';
}
