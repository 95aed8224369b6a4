import type { Unread } from '../findings/finding.ts';
import { unreadOf } from './look.ts';
import type { Session } from './ports.ts';

/** The regions that an account has enabled, or why they cannot be read. */
export async function enabledRegions(session: Session): Promise<readonly string[] | Unread> {
  try {
    return await session.enabledRegions();
  } catch (error) {
    return unreadOf({ errors: { absent: [], gone: [], notUsable: [] } }, error);
  }
}
