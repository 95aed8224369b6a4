import http from 'node:http';
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

/** `RoleArn`'s account of an AssumeRole request. */
function assumedAccount(body) {
  const form = new URLSearchParams(body.toString('utf8'));
  return form.get('Action') === 'AssumeRole' ? form.get('RoleArn')?.split(':')[4] : undefined;
}

/**
 * One endpoint before both emulators. Organizations, AssumeRole, and every call with a key that AssumeRole gave
 * go to moto; the rest to ministack. What the tests ask for goes wrong on the way (faults.mjs).
 */
export function startRouter({ port, motoPort, ministackPort }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
  const memberKeys = new Set();
  const injected = faults();

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

  async function route(request, response) {
    if (request.url === '/_faults') return response.end(injected.set(JSON.parse(await bodyOf(request))));
    const { key, service } = signer(request);
    const buffered = service === 'sts' || service === 'sns';
    const body = buffered ? await bodyOf(request) : undefined;
    const assumed = service === 'sts' ? assumedAccount(body) : undefined;

    const fault = injected.next({
      service,
      assumed,
      action: new URLSearchParams(body?.toString()).get('Action'),
    });
    if (fault) return response.writeHead(fault.status, { 'content-type': 'text/xml' }).end(fault.body);

    if (assumed) return forward(request, response, { to: motoPort, body, whenAnswered: remembered });
    const member = service === 'organizations' || memberKeys.has(key);
    forward(request, response, { to: member ? motoPort : ministackPort, body });
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
