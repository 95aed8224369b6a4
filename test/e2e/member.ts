import { callSettings } from '../../shared/aws/client-settings.ts';
import { assumedSessions } from '../../shared/aws/sessions.ts';
import type { OpenClient } from '../../shared/kinds/kind.ts';
import { config, region } from './clients.ts';

const administrators = assumedSessions({
  region,
  roleName: 'OrganizationAccountAccessRole',
  sessionName: 'administrator',
  calls: callSettings(),
  credentials: async () => config.credentials,
});

/** Opens clients that speak for an administrator of a member account. */
export async function openMember(account: string): Promise<OpenClient> {
  const session = await administrators.assume(account);
  if ('reason' in session) throw new Error(`no administrator of ${account}: ${session.message}`);
  return session.open(region);
}
