import type { AlertBook, Channel } from '../../shared/app/alert-ports.ts';
import type { AuditLog } from '../../shared/app/audit-ports.ts';
import type { Store } from '../../shared/app/ports.ts';
import type { StreamChange } from '../../shared/app/publish.ts';
import type { Subject } from '../../shared/findings/finding.ts';
import type { Look, SubjectRecord } from '../../shared/findings/record.ts';
import { recordVersion, settle } from '../../shared/findings/settle.ts';
import { subjectKey } from '../../shared/findings/subject.ts';
import { formatPlace } from '../../shared/iam/place.ts';
import type { Kind } from '../../shared/kinds/kind.ts';

/** Waits until it is a process's turn. */
export type Turn = () => Promise<unknown>;

/** A process dies at its so many-th operation: before the world hears of it, or before it hears that it was done. */
export interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** What a process does to the world outside: one step each, between which others have their turn, and it may die. */
export type Operate = <T>(operation: () => T | Promise<T>) => Promise<T>;

/** A process that dies so; `lives` says how often it was started. Whatever it does after its death does not happen. */
export function mortal(turn: Turn, deaths: readonly Death[]) {
  let life = 0;
  let operations = 0;
  const start = (): Operate => {
    const own = ++life;
    let isDead = false;
    const die = (): never => {
      isDead = true;
      throw new Error('died');
    };
    return async (operation) => {
      await turn();
      if (isDead || own !== life) throw new Error('dead already');
      operations += 1;
      const death = deaths.find(({ at }) => at === operations);
      if (death?.when === 'before') return die();
      const outcome = await operation();
      return death === undefined ? outcome : die();
    };
  };
  return { start, lives: () => life };
}

/** Runs what a process does until it comes through: as queues, streams and state machines deliver again. */
export async function untilDone(
  process: ReturnType<typeof mortal>,
  run: (operate: Operate) => Promise<boolean>,
): Promise<void> {
  for (let delivery = 0; delivery < 20; delivery += 1)
    if (await run(process.start()).catch(() => false)) return;
  throw new Error('it never came through');
}

/** A table of records with its stream, as DynamoDB has them: reads and conditional writes, one by one. */
export interface Table {
  readonly records: Map<string, SubjectRecord>;
  readonly stream: StreamChange[];
  /** The looks that have had their say, whether they were written or came too late. */
  readonly heard: Look[];
}

export const emptyTable = (): Table => ({ records: new Map(), stream: [], heard: [] });

export const keyOf = (subject: Subject) => Object.values(subjectKey(subject)).join(' ');

/** The table as one process sees it: the store of shared/aws/table-store.ts, without its wire. */
export function storeOn({ records, stream, heard }: Table, operate: Operate): Store {
  const read = (subject: Subject) => operate(() => records.get(keyOf(subject)));
  const replace = (before: SubjectRecord | undefined, after: SubjectRecord, look: Look) =>
    operate(() => {
      const key = keyOf(after.subject);
      if (recordVersion(records.get(key)) !== recordVersion(before)) return false;
      records.set(key, after);
      stream.push({ sequence: `${stream.length}`, ...(before && { before }), after });
      heard.push(look);
      return true;
    });
  return {
    read,
    async settle(look) {
      for (;;) {
        const before = await read(look.subject);
        const after = settle(before, look);
        if (after === 'older') heard.push(look);
        if (after === 'older') return after;
        if (await replace(before, after, look)) return 'settled';
      }
    },
    async *records(place, kind) {
      const start = `${formatPlace(place)} ${kind === undefined ? '' : `${kind}#`}`;
      const found = await operate(() => [...records].filter(([key]) => key.startsWith(start)));
      for (const [, record] of found) yield record;
    },
    async *all() {
      yield* await operate(() => [...records.values()]);
    },
  };
}

/** Kinds whose every answer takes its time: the world may have changed before it comes, and again before it is used. */
export const slowly = (kinds: readonly Kind[], turn: Turn): readonly Kind[] =>
  kinds.map((kind) => {
    const between = async <T>(ask: () => Promise<T>) => {
      await turn();
      return ask().finally(turn);
    };
    return {
      ...kind,
      find: (...given) => between(() => kind.find(...given)),
      policy: (...given) => between(() => kind.policy(...given)),
    };
  });

/** An alert book, each of whose calls is an operation. */
export const bookOn = (book: AlertBook, operate: Operate): AlertBook => ({
  claim: (...given) => operate(() => book.claim(...given)),
  confirm: (...given) => operate(() => book.confirm(...given)),
  release: (...given) => operate(() => book.release(...given)),
  told: (...given) => operate(() => book.told(...given)),
  admit: (...given) => operate(() => book.admit(...given)),
  hold: (...given) => operate(() => book.hold(...given)),
  held: book.held,
  drop: (...given) => operate(() => book.drop(...given)),
  putOff: (...given) => operate(() => book.putOff(...given)),
  async *putOffs(channel) {
    await operate(() => undefined);
    yield* book.putOffs(channel);
  },
  caughtUp: (...given) => operate(() => book.caughtUp(...given)),
});

/** An audit log, each of whose writes is an operation. */
export const auditLogOn = (log: AuditLog, operate: Operate): AuditLog => ({
  ...log,
  writePlan: (plan) => operate(() => log.writePlan(plan)),
  writeCoverage: (...given) => operate(() => log.writeCoverage(...given)),
});

/** A channel on which each send is an operation. */
export const channelOn = <C extends Channel>(channel: C, operate: Operate): C => ({
  ...channel,
  send: (sent: never) => operate(() => channel.send(sent)),
});
