import type { Store } from '../app/ports.ts';
import type { Subject } from '../findings/finding.ts';
import type { SubjectRecord } from '../findings/record.ts';
import { settle } from '../findings/settle.ts';
import { subjectKey } from '../findings/subject.ts';
import { formatPlace } from '../iam/place.ts';

/** Told of each write, as a table's stream tells it. */
export type TellWrite = (before: SubjectRecord | undefined, after: SubjectRecord) => void;

/** Keeps records in memory, for tests, for one audit at a desk, and below the file store. */
export function memoryStore(tell: TellWrite = () => {}, kept: Iterable<SubjectRecord> = []): Store {
  const partitions = new Map<string, Map<string, SubjectRecord>>();
  const find = (subject: Subject) => {
    const { partition, sort } = subjectKey(subject);
    return partitions.get(partition)?.get(sort);
  };
  const write = (record: SubjectRecord) => {
    const { partition, sort } = subjectKey(record.subject);
    const records = partitions.get(partition) ?? new Map<string, SubjectRecord>();
    partitions.set(partition, records.set(sort, record));
  };
  for (const record of kept) write(record);
  return {
    async read(subject) {
      return find(subject);
    },
    async settle(look) {
      const before = find(look.subject);
      const after = settle(before, look);
      if (after === 'older') return after;
      write(after);
      tell(before, after);
      return 'settled';
    },
    async *records(place, kind) {
      const start = kind === undefined ? '' : `${kind}#`;
      for (const [sort, record] of partitions.get(formatPlace(place)) ?? [])
        if (sort.startsWith(start)) yield record;
    },
    async *all() {
      for (const records of partitions.values()) yield* records.values();
    },
  };
}
