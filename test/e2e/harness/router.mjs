import http from 'node:http';
import { calls } from './calls.mjs';
import { faults } from './faults.mjs';

/** The access key and the service that a request is signed for. */
function signer({ headers }) {
  const [, key = '', service = ''] =
    /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  return { key, service };
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Services whose requests are small, and are read: for the operation that they name, or for what they are about. */
const isRead = (service) => ['sts', 'sns', 'iam', 'ec2', 'dynamodb'].includes(service);

/** `sts:AssumeRole`, as far as a request says it: in a header, in its form, or else by its method alone. */
function operationOf(service, { method, headers }, form) {
  const named = headers['x-amz-target']?.split('.').at(-1) ?? form?.get('Action');
  return `${service}:${named ?? method}`;
}

/** What a request asks, and the text of it where it is read. */
async function askedBy(request) {
  const { key, service } = signer(request);
  const body = isRead(service) ? await bodyOf(request) : undefined;
  const isForm = /x-www-form-urlencoded/.test(request.headers['content-type'] ?? '');
  const form = isForm ? new URLSearchParams(body?.toString()) : undefined;
  const text = form ? [...form.values()].join(' ') : `${body ?? ''}`;
  return { key, service, body, text, operation: operationOf(service, request, form) };
}

const answer = (response, { status, type, body }) =>
  response.writeHead(status, { 'content-type': type }).end(body);

/**
 * One endpoint before both emulators. Organizations, Security Hub, AssumeRole, and every call with a key that
 * AssumeRole gave go to moto; the rest to ministack. What the tests ask for goes wrong on the way (faults.mjs), and
 * what the stack asks for is counted (calls.mjs).
 */
export function startRouter({ port, motoPort, ministackPort }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
  const memberKeys = new Set();
  const injected = faults();
  const counted = calls();

  function forward(request, response, { to, body, whenAnswered }) {
    const onward = http.request(
      {
        host: '127.0.0.1',
        port: to,
        method: request.method,
        path: request.url,
        // To AWS everybody speaks TLS, and the stack refuses those who do not.
        headers: { ...request.headers, 'x-forwarded-proto': 'https' },
        agent,
      },
      (answer) => {
        response.writeHead(answer.statusCode, answer.rawHeaders);
        if (whenAnswered) bodyOf(answer).then((text) => response.end(whenAnswered(text)));
        else answer.pipe(response);
      },
    );
    onward.once('error', () => response.destroy());
    if (body) onward.end(body);
    else request.pipe(onward);
  }

  const remembered = (body) => {
    const [, key] = /<AccessKeyId>([^<]+)</.exec(body.toString('utf8')) ?? [];
    if (key) memberKeys.add(key);
    return body;
  };

  /** What the tests ask of the router itself. */
  async function control(request, response) {
    if (request.url === '/_calls') return response.end(JSON.stringify(counted.take()));
    if (request.method === 'GET') return response.end(JSON.stringify(injected.left()));
    injected.set(JSON.parse(await bodyOf(request)));
    response.end();
  }

  async function route(request, response) {
    if (request.url.startsWith('/_')) return control(request, response);
    const asked = await askedBy(request);
    const { key, service, body, operation } = asked;
    counted.count(operation, request);
    const fault = injected.next(asked);
    if (fault) return fault.answer && answer(response, fault.answer);
    if (operation === 'sts:AssumeRole')
      return forward(request, response, { to: motoPort, body, whenAnswered: remembered });
    const isOfMoto = service === 'organizations' || service === 'securityhub' || memberKeys.has(key);
    forward(request, response, { to: isOfMoto ? motoPort : ministackPort, body });
  }

  const server = http.createServer((request, response) => {
    route(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({
        stop() {
          server.closeAllConnections();
          server.close();
          agent.destroy();
        },
      }),
    );
  });
}
