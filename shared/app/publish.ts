import { oneLine } from '../findings/one-line.ts';
import type { SubjectRecord } from '../findings/record.ts';
import { transitions } from '../findings/transitions.ts';
import type { Ports } from './ports.ts';

/** One write of a record, as the store's stream tells it. */
export interface StreamChange {
  /** The write's place in the stream. */
  readonly sequence: string;
  readonly before?: SubjectRecord;
  readonly after?: SubjectRecord;
}

/**
 * Publishes what these writes changed, in their order. Stops at the first write whose publication fails and names
 * it: the stream comes again from there. What was sent of it before is sent again under the same transition id.
 */
export async function publish(
  { publisher, log }: Pick<Ports, 'publisher' | 'log'>,
  changes: readonly StreamChange[],
): Promise<{ readonly failedSequence?: string }> {
  for (const { sequence, before, after } of changes) {
    try {
      for (const transition of transitions(before, after)) {
        await publisher.publish(transition);
        const { id, status, finding } = transition;
        log.info('published', { transition: id, status, finding: finding.id, severity: finding.severity });
      }
    } catch (error) {
      log.warn('not published, the stream comes again', { sequence, error: oneLine(String(error), 300) });
      return { failedSequence: sequence };
    }
  }
  return {};
}
