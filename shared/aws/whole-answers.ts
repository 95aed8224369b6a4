import type { SdkClient } from '../kinds/kind.ts';

interface Answer {
  readonly response: { readonly statusCode: number; body: unknown };
}

type Middleware = (
  next: (args: unknown) => Promise<Answer>,
  context: { readonly commandName?: string },
) => (args: unknown) => Promise<Answer>;

/** All that an audit does. Calls that change something need not answer. */
const reads = /^(?:BatchGet|Describe|Get|List)/;

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A page for people: what a proxy, a portal or a service in trouble says in place of an answer. */
const webPage = /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+)?html\b/i;

/** What makes an answer none; undefined for one that the SDK may read. */
function flawOf(body: Uint8Array): string | undefined {
  if (body.length === 0) return 'an empty answer';
  return webPage.test(Buffer.from(body.subarray(0, 512)).toString('utf8')) ? 'a web page' : undefined;
}

/**
 * Refuses what is no answer before the SDK reads it: of a web page or of nothing at all it would make an answer
 * in which everything is missing, and a list or a policy that is missing is read as none.
 */
export function acceptOnlyAnswers(client: SdkClient): void {
  const middleware: Middleware =
    (next, { commandName = '' }) =>
    async (args) => {
      const answer = await next(args);
      const { response } = answer;
      if (response.statusCode !== 200 || !reads.test(commandName)) return answer;
      const body = await bytesOf(response.body);
      const flaw = flawOf(body);
      if (flaw !== undefined) throw new SyntaxError(`the service gave ${flaw}`);
      response.body = body;
      return answer;
    };
  // Next to the wire: what the SDK makes of the body comes after.
  client.middlewareStack.add(middleware as never, { step: 'deserialize', name: 'answers', priority: 'low' });
}
