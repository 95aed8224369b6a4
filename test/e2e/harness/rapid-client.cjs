// In place of the native part of AWS's runtime interface client, which is compiled when it is installed: it hands the
// outcome of an invocation to the Runtime API. Asking for the next one the client does by itself, in JavaScript.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
const http = require('node:http');

function post(id, outcome, body, headers) {
  const url = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/${id}/${outcome}`;
  http
    .request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } })
    .end(body);
}

exports.done = (id, body) => post(id, 'response', body);

exports.error = (id, body, xray) =>
  post(id, 'error', body, { 'lambda-runtime-function-xray-error-cause': xray });
