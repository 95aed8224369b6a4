import { expect, test } from 'vitest';
import type { Kind, SdkClient } from '../../shared/kinds/kind.ts';
import { outcomeOf } from '../../shared/kinds/outcome.ts';
import { replaying } from '../kinds/recorded.ts';
import { sessionOn, sweep, table } from './recorded-sweep.ts';

type Next = (args: { readonly input: unknown }) => Promise<unknown>;

const failing = (name: string) => Object.assign(new Error('said the service'), { name });

/** Refuses one request, when there is one to refuse; tells which requests there are that see something. */
function refusing(kind: Kind, refused?: string, refusal?: string) {
  const seeing = new Set<string>();
  const middleware = (next: Next, context: { commandName?: string }) => async (args: { input: unknown }) => {
    const request = `${context.commandName} ${JSON.stringify(args.input)}`;
    if (request === refused) throw failing(refusal ?? 'AccessDeniedException');
    const seen = await next(args).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if ('answer' in seen || typeof outcomeOf(kind, seen.error) === 'string') seeing.add(request);
    if ('error' in seen) throw seen.error;
    return seen.answer;
  };
  const hang = (client: SdkClient) =>
    client.middlewareStack.add(middleware as never, { step: 'initialize', name: 'refuse', priority: 'high' });
  return { hang, seeing };
}

const nameOf = (arn: string) => arn.split(/[:/]/).at(-1) ?? arn;

/** What a role may do besides letting in is asked apart, and told apart when it is unread. */
const withoutPower = ({ administers: _, ...kind }: Kind): Kind => kind;

test.each(table)(
  'whichever request is refused, throttled or broken, %s is unread there, never absent',
  async (_, folder, kind, place) => {
    const run = async (refused?: string, refusal?: string) => {
      const { hang, seeing } = refusing(kind, refused, refusal);
      const { coverage, sights } = await sweep(
        withoutPower(kind),
        place,
        sessionOn(replaying(folder, place, hang).open),
      );
      return { seeing, sights, ...coverage };
    };
    const whole = await run();
    expect(whole.seeing.size).toBeGreaterThan(0);
    // What is unread as recorded is so already, whatever else is refused of it.
    const closed = [...whole.sights]
      .filter(([, { state }]) => state === 'unread')
      .map(([arn]) => nameOf(arn));
    for (const request of [...whole.seeing].filter((text) => !closed.some((name) => text.includes(name))))
      for (const refusal of ['AccessDeniedException', 'ThrottlingException', 'SomethingNew']) {
        const { outcome, unreadResources } = await run(request, refusal);
        const isSeen = outcome === 'unread' || unreadResources > whole.unreadResources;
        expect(isSeen, `${refusal} of ${request}`).toBe(true);
      }
  },
);
